package io.alluvium.streams.route;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.streams.novelty.Candidate;
import io.alluvium.streams.novelty.Novelty;
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
  /** Checks the name; what is left out means any. */
  public LaneRule {
    RouteConfig.requireLane("route.lanes.lane", lane);
    classes = List.copyOf(Objects.requireNonNullElse(classes, List.<NoveltyClass>of()));
    sources = List.copyOf(Objects.requireNonNullElse(sources, List.<String>of()));
  }

  boolean matches(Candidate candidate) {
    return (classes.isEmpty() || classes.contains(kind(candidate)))
        && (sources.isEmpty() || sources.contains(source(candidate)));
  }

  /** UNKNOWN where it was not measured. */
  static NoveltyClass kind(Candidate candidate) {
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
