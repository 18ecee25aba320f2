package io.alluvium.trainer.publish.order;

import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Place;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What rollbacks of an adapter took out of use.
 *
 * @param trained ranges of topics that are trained on
 * @param origins ranges of examples.accepted, where the same examples stood before
 */
public record Quarantine(List<OffsetRange> trained, List<OffsetRange> origins) {
  /** Nothing. */
  public static final Quarantine NONE = new Quarantine(List.of(), List.of());

  /** Copies the lists. */
  public Quarantine {
    trained = List.copyOf(trained);
    origins = List.copyOf(origins);
  }

  /** As an event or a state names it. */
  public static Quarantine of(Collection<OffsetRange> ranges, Sources sources) {
    return new Quarantine(
        ranges.stream().filter(range -> sources.hold(range.getTopic())).toList(),
        ranges.stream().filter(range -> !sources.hold(range.getTopic())).toList());
  }

  /** Both together. */
  public Quarantine and(Quarantine more) {
    return new Quarantine(joined(trained, more.trained), joined(origins, more.origins));
  }

  /** Whether a record of a topic that is trained on is out of use. */
  public boolean holds(Place place) {
    return trained.stream()
        .anyMatch(
            range ->
                Sources.number(range.getTopic(), range.getPartition()) == place.partition()
                    && holds(range, place.offset()));
  }

  /** Whether an example is the replay of one that is out of use. */
  public boolean refuses(WeightedExample example) {
    RecordOrigin origin = example.getScored().getOrigin();
    return example.getReplayOf() != null
        && origins.stream()
            .anyMatch(
                range ->
                    range.getTopic().equals(origin.getTopic())
                        && range.getPartition() == origin.getPartition()
                        && holds(range, origin.getOffset()));
  }

  private static boolean holds(OffsetRange range, long offset) {
    return offset >= range.getFirstOffset() && offset < range.getNextOffset();
  }

  private static List<OffsetRange> joined(List<OffsetRange> first, List<OffsetRange> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
