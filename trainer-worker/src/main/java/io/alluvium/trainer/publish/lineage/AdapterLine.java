package io.alluvium.trainer.publish.lineage;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.publish.order.Quarantine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one adapter. Releases are one line: the newest is the champion, which is
 * served, unless an order went back to an earlier one. Training is the other: it goes on from the
 * head, where the last rounds left one, and from the champion otherwise.
 *
 * @param lastVersion highest number used, over all outcomes; 0 before the first
 * @param champion the released version that is served; null before the first
 * @param head the last event, if training goes on from what it names; null otherwise
 * @param looks rounds since training last stood at the champion, none of which was released
 * @param evidence held-out examples of those rounds, oldest first
 * @param refused held-out examples of other rounds since the last release, oldest first, the newest
 *     few
 * @param earlier held-out examples of rounds before, oldest first, the newest few
 * @param refusals first reasons of the refusals since the last release, oldest first, the newest
 *     few
 * @param progress per partition the offset below which the adapter's records are settled, and when
 *     the last round ended
 * @param quarantine what rollbacks took out of use
 */
public record AdapterLine(
    long lastVersion,
    @Nullable AdapterVersion champion,
    @Nullable AdapterVersion head,
    int looks,
    List<Place> evidence,
    List<Place> refused,
    List<Place> earlier,
    List<String> refusals,
    Progress progress,
    Quarantine quarantine) {

  /** More would make rounds slow to judge and tell nothing more. */
  private static final int MOST_EVIDENCE = 1024;

  /** Enough to judge a small window by. */
  private static final int MOST_EARLIER = 128;

  private static final int MOST_REFUSALS = 5;

  /**
   * How far an adapter is.
   *
   * @param settledBelow per partition the offset after its last window
   * @param servedMs when its last round ended, milliseconds since the epoch; 0 before the first
   */
  public record Progress(Map<Integer, Long> settledBelow, long servedMs) {
    /** Copies the map. */
    public Progress {
      settledBelow = Map.copyOf(settledBelow);
    }
  }

  /** An adapter that the log does not know. */
  public static final AdapterLine NEW =
      new AdapterLine(
          0,
          null,
          null,
          0,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new Progress(Map.of(), 0),
          Quarantine.NONE);

  /** Offset of a partition below which the adapter's records are settled. */
  public long settledBelow(int partition) {
    return Objects.requireNonNullElse(progress.settledBelow().get(partition), 0L);
  }

  /** Held-out examples that a candidate can be judged by besides those of its window. */
  public int judges() {
    return evidence.size() + refused.size() + earlier.size();
  }

  AdapterLine after(AdapterVersion event, Sources sources) {
    return event.getOutcome() == Outcome.ROLLED_BACK
        ? rolledBack(event, quarantine.and(Quarantine.of(event.getQuarantined(), sources)))
        : after(event);
  }

  private AdapterLine after(AdapterVersion event) {
    boolean goesOn = event.getHead() != null;
    boolean released = event.getOutcome() == Outcome.RELEASED;
    List<Place> line = newest(joined(evidence, heldOut(event)), MOST_EVIDENCE);
    List<Place> aside = goesOn ? refused : newest(joined(refused, line), MOST_EARLIER);
    return new AdapterLine(
        event.getVersion(),
        released ? event : champion,
        goesOn ? event : null,
        goesOn ? looks + 1 : 0,
        goesOn ? line : List.of(),
        released ? List.of() : aside,
        released ? newest(joined(earlier, aside), MOST_EARLIER) : earlier,
        refusals(event),
        progressAfter(event),
        quarantine);
  }

  /**
   * The champion is an earlier one, with nothing learned since; judges are what is still in use.
   */
  private AdapterLine rolledBack(AdapterVersion event, Quarantine out) {
    return new AdapterLine(
        event.getVersion(),
        again(event),
        null,
        0,
        List.of(),
        newest(inUse(joined(refused, evidence), out), MOST_EARLIER),
        inUse(earlier, out),
        List.of(),
        progressAfter(event),
        out);
  }

  /** The release that a rollback's event names, as that release's own event would tell it. */
  private static AdapterVersion again(AdapterVersion event) {
    return AdapterVersion.newBuilder(event)
        .setVersion(Objects.requireNonNull(event.getParentVersion(), "a rollback names a version"))
        .setOutcome(Outcome.RELEASED)
        .build();
  }

  private static List<Place> inUse(List<Place> places, Quarantine out) {
    return places.stream().filter(place -> !out.holds(place)).toList();
  }

  private static List<Place> heldOut(AdapterVersion event) {
    int partition = partition(event);
    return event.getHeldOut().stream().map(offset -> new Place(partition, offset)).toList();
  }

  private static int partition(AdapterVersion event) {
    OffsetRange window = event.getWindow();
    return Sources.number(window.getTopic(), window.getPartition());
  }

  private List<String> refusals(AdapterVersion event) {
    return switch (event.getOutcome()) {
      case REJECTED ->
          newest(
              joined(refusals, event.getVerdict().getReasons().stream().limit(1).toList()),
              MOST_REFUSALS);
      case CONTINUED -> refusals;
      default -> List.of();
    };
  }

  private Progress progressAfter(AdapterVersion event) {
    Map<Integer, Long> settled = new HashMap<>(progress.settledBelow());
    settled.merge(partition(event), event.getWindow().getNextOffset(), Math::max);
    return new Progress(settled, event.getCreatedAt().toEpochMilli());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static <T> List<T> newest(List<T> all, int most) {
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }
}
