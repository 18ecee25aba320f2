package io.alluvium.cli.explain.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What a record says of an example, by the topic that it stands in. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Facts.Sent.class, name = "sent"),
  @JsonSubTypes.Type(value = Facts.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = Facts.Scored.class, name = "scored"),
  @JsonSubTypes.Type(value = Facts.InReview.class, name = "inReview"),
  @JsonSubTypes.Type(value = Facts.Weighed.class, name = "weighed"),
  @JsonSubTypes.Type(value = Facts.Refused.class, name = "refused")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Facts {

  /** It was sent. */
  record Sent() implements Facts {}

  /** Admission and de-duplication let it pass. */
  record Accepted() implements Facts {}

  /**
   * It was scored.
   *
   * @param baseLoss under the frozen base, nats per response token
   * @param adapterLoss the same under the version current then; null before the first
   * @param adapterVersion that version; null before the first
   * @param promptTokens tokens before the response
   * @param responseTokens supervised tokens
   */
  record Scored(
      double baseLoss,
      @Nullable Double adapterLoss,
      @Nullable Long adapterVersion,
      int promptTokens,
      int responseTokens)
      implements Facts {}

  /** It waited, or waits, for an operator. */
  record InReview() implements Facts {}

  /**
   * It was weighed and stands in a training topic.
   *
   * @param weight factor on its loss
   * @param temperature nats that the weight was computed with; null without one
   * @param noveltyScore 0 (familiar) to 1; null where not measured
   * @param noveltyClass class of that score; null where not measured
   * @param lane that it was routed to; null for the main topic
   * @param policyVersion formula, and the policy in force
   * @param replayOf where the replayed example first stood; null when fresh
   */
  record Weighed(
      double weight,
      @Nullable Double temperature,
      @Nullable Double noveltyScore,
      @Nullable String noveltyClass,
      @Nullable String lane,
      String policyVersion,
      @Nullable Place replayOf)
      implements Facts {}

  /**
   * A stage refused it.
   *
   * @param stage the stage
   * @param reason its code
   * @param origin where the refused record stands
   */
  record Refused(String stage, String reason, Place origin) implements Facts {}
}
