package io.alluvium.streams.bench.planted.outcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** One line of figures. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "measure")
@JsonInclude(JsonInclude.Include.ALWAYS)
public sealed interface Row {

  /**
   * How well a rule finds what was planted.
   *
   * @param rule its name
   * @param form of what was planted, or what only looks like it; all for the whole rule
   * @param planted records in which it should find something
   * @param found those in which it did
   * @param others records without it
   * @param falsePositives those among them in which it found something all the same
   */
  @JsonTypeName("rule")
  record Findings(String rule, String form, int planted, int found, int others, int falsePositives)
      implements Row {
    /** Of what it found, what was planted; 1 when it found nothing. */
    @JsonProperty
    public double precision() {
      return found + falsePositives == 0 ? 1 : (double) found / (found + falsePositives);
    }

    /** Of what was planted, what it found; 1 when nothing was. */
    @JsonProperty
    public double recall() {
      return planted == 0 ? 1 : (double) found / planted;
    }
  }

  /**
   * The chance that the novelty score of an example of a new domain is above that of a familiar one
   * of the same time; ties count half.
   *
   * @param domain its name; all for all domains together
   * @param first of the first twenty examples of the domain that an adapter is sent
   * @param second of the next twenty
   * @param later of those after
   */
  @JsonTypeName("novelty")
  record Novelty(
      String domain, @Nullable Double first, @Nullable Double second, @Nullable Double later)
      implements Row {}

  /**
   * Which classes what was planted was given.
   *
   * @param plant what was planted
   * @param unclassed before there was enough to compare with
   */
  @JsonTypeName("classes")
  record Classes(String plant, int familiar, int novel, int outlier, int unclassed)
      implements Row {}

  /**
   * What became of wrong answers.
   *
   * @param topic the skill; all for all
   * @param wrong answers that have a class
   * @param outlier share of them in class outlier
   * @param light share of them whose weight is below the 20th percentile of their adapter's
   * @param either share of them in one or the other
   * @param rightOutlier share of right answers of the topic in class outlier
   */
  @JsonTypeName("wrongAnswers")
  record WrongAnswers(
      String topic, int wrong, double outlier, double light, double either, double rightOutlier)
      implements Row {}

  /**
   * How soon a new domain was found to be a drift.
   *
   * @param domain its name
   * @param delay records of the whole stream from its beginning to the first alarm of any adapter;
   *     null when there was none while it lasted
   * @param ownDelay the largest number of an adapter's own weighed records to its alarm
   * @param adapters how many of them raised one
   */
  @JsonTypeName("drift")
  record Drift(String domain, @Nullable Integer delay, @Nullable Integer ownDelay, int adapters)
      implements Row {}

  /**
   * Alarms while no new domain was there.
   *
   * @param falseAlarms how many
   * @param records of the stream
   */
  @JsonTypeName("falseAlarms")
  record FalseAlarms(int falseAlarms, int records) implements Row {}

  /**
   * Effective sample size of an adapter's weights over their number.
   *
   * @param adapter whose
   * @param records weighed
   * @param share 0 to 1
   */
  @JsonTypeName("effectiveShare")
  record EffectiveShare(String adapter, int records, double share) implements Row {}

  /**
   * What admission and de-duplication did with real texts.
   *
   * @param file which texts
   * @param records in it
   * @param fate reason of refusal, kind of what was masked, or admitted
   * @param count how many had it
   */
  @JsonTypeName("text")
  record Text(String file, int records, String fate, int count) implements Row {}
}
