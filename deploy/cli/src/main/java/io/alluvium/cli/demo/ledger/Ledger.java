package io.alluvium.cli.demo.ledger;

import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Books every record once. A record that trainer refused is in its window all the same. */
public final class Ledger {
  private static final String TRAINER = "train";
  private static final String WAITING = "claim";

  private final List<Entry<WeightedExample>> training = new ArrayList<>();
  private final List<AdapterVersion> events = new ArrayList<>();
  private final SortedMap<String, Long> refusedByReason = new TreeMap<>();
  private long refusedBeforeTraining;

  /** Books a refusal of any stage. */
  public void refused(Rejection rejection) {
    refusedByReason.merge(rejection.getReason(), 1L, Long::sum);
    refusedBeforeTraining += rejection.getStage().equals(TRAINER) ? 0 : 1;
  }

  /** Books a record that reached the training topic; a replay was booked when it was new. */
  public void arrived(Entry<WeightedExample> entry) {
    if (entry.value().getReplayOf() == null) {
      training.add(entry);
    }
  }

  /** Books the end of a round. */
  public void published(AdapterVersion event) {
    events.add(event);
  }

  /**
   * Whether nothing is under way any more.
   *
   * @param sent records that were acknowledged, of all that there are
   */
  public boolean complete(long sent) {
    return training.size() + refusedBeforeTraining == sent
        && training.stream().allMatch(entry -> eventOf(entry).isPresent());
  }

  /** Records that are where they stay: refused, or in a window that an event closed. */
  public long settled() {
    return refusedBeforeTraining
        + training.stream().filter(entry -> eventOf(entry).isPresent()).count();
  }

  /** Refused records by reason, over all stages. */
  public SortedMap<String, Long> refusedByReason() {
    return new TreeMap<>(refusedByReason);
  }

  /** Ends of rounds in order. */
  public List<AdapterVersion> events() {
    return List.copyOf(events);
  }

  /** Ends of rounds that released a version. */
  public List<AdapterVersion> released() {
    return events.stream().filter(event -> event.getOutcome() == Outcome.RELEASED).toList();
  }

  /** Rounds that released nothing and from whose candidate training goes on. */
  public long continued() {
    return events.stream().filter(event -> event.getOutcome() == Outcome.CONTINUED).count();
  }

  /**
   * Seconds that all rounds together spent at work, by stage; how long records waited is no work.
   */
  public SortedMap<String, Double> stageSeconds() {
    SortedMap<String, Double> sums = new TreeMap<>();
    for (AdapterVersion event : events) {
      event
          .getFreshness()
          .getStageSeconds()
          .forEach((stage, seconds) -> sums.merge(stage, seconds, Double::sum));
    }
    sums.remove(WAITING);
    return sums;
  }

  /** Rounds whose candidate was thrown away, by the first axis that stood against it. */
  public SortedMap<String, Long> refusedVersions() {
    SortedMap<String, Long> reasons = new TreeMap<>();
    events.stream()
        .filter(event -> event.getOutcome() != Outcome.RELEASED)
        .filter(event -> event.getOutcome() != Outcome.CONTINUED)
        .forEach(event -> reasons.merge(reason(event), 1L, Long::sum));
    return reasons;
  }

  private static String reason(AdapterVersion event) {
    return event.getVerdict().getAxes().stream()
        .filter(axis -> !axis.getPassed())
        .map(axis -> axis.getName())
        .findFirst()
        .orElseGet(() -> String.join("; ", event.getVerdict().getReasons()));
  }

  /** Seconds from event time to publication, for every record of a released window. */
  public List<Double> freshnessSeconds() {
    return training.stream().flatMap(entry -> age(entry).stream()).toList();
  }

  private Optional<Double> age(Entry<WeightedExample> entry) {
    return eventOf(entry)
        .filter(event -> event.getOutcome() == Outcome.RELEASED)
        .map(event -> seconds(example(entry).getEventTime(), event.getCreatedAt()));
  }

  /** Seconds from an instant to the first release; empty when there was none. */
  public Optional<Double> firstReleaseSeconds(Instant since) {
    return released().stream().findFirst().map(event -> seconds(since, event.getCreatedAt()));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }

  /** The records of each window, without replays, in offset order, in the order of the rounds. */
  public List<List<TrainingExample>> windows() {
    Map<Long, List<TrainingExample>> windows = new TreeMap<>();
    for (Entry<WeightedExample> entry : training) {
      eventOf(entry)
          .ifPresent(
              event ->
                  windows
                      .computeIfAbsent(event.getVersion(), unseen -> new ArrayList<>())
                      .add(example(entry)));
    }
    return List.copyOf(windows.values());
  }

  private static TrainingExample example(Entry<WeightedExample> entry) {
    return entry.value().getScored().getExample();
  }

  private Optional<AdapterVersion> eventOf(Entry<WeightedExample> entry) {
    return events.stream()
        .filter(event -> event.getAdapter().equals(entry.key()))
        .filter(event -> holds(event.getWindow(), entry))
        .findFirst();
  }

  private static boolean holds(OffsetRange window, Entry<WeightedExample> entry) {
    return window.getPartition() == entry.partition()
        && window.getFirstOffset() <= entry.offset()
        && entry.offset() < window.getNextOffset();
  }
}
