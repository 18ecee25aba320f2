package io.alluvium.streams.route.rule;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.candidate.Novelty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends some candidates to a lane; of several rules the first that matches counts.
 *
 * @param lane where to
 * @param classes of these classes; empty for any
 * @param sources from these sources; empty for any
 */
public record LaneRule(String lane, List<NoveltyClass> classes, List<String> sources) {
  /** Lane of what waits for an operator. */
  public static final String REVIEW = "review";

  /** Lane of what an operator approved. */
  public static final String APPROVED = "approved";

  /** Checks the name; what is left out means any. */
  public LaneRule {
    requireName("route.lanes.lane", lane);
    classes = List.copyOf(Objects.requireNonNullElse(classes, List.<NoveltyClass>of()));
    sources = List.copyOf(Objects.requireNonNullElse(sources, List.<String>of()));
  }

  /** Refuses names of lanes that cannot end a topic's name. */
  public static void requireName(String key, String lane) {
    if (lane == null || !lane.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "%s is %s, must be up to 40 small letters, digits and '-'".formatted(key, lane));
    }
  }

  /** Whether a candidate takes this lane. */
  public boolean matches(Candidate candidate) {
    return (classes.isEmpty() || classes.contains(kind(candidate)))
        && (sources.isEmpty() || sources.contains(source(candidate)));
  }

  /** UNKNOWN where it was not measured. */
  public static NoveltyClass kind(Candidate candidate) {
    Novelty novelty = candidate.novelty();
    NoveltyClass kind = novelty == null ? null : novelty.kind();
    return kind == null ? NoveltyClass.UNKNOWN : kind;
  }

  /** Empty where the producer did not say. */
  static String source(Candidate candidate) {
    @Nullable String source = candidate.scored().getExample().getSource();
    return source == null ? "" : source;
  }
}
