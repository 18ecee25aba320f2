package io.alluvium.cli.bench.tenants.book;

import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.demo.ledger.Quantiles;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Where every record of every adapter is. Records may be booked before or after the events that
 * hold them; an adapter's records stand in one partition.
 */
public final class TenantLedger {
  /** Ids of records that were sent all at once begin so. */
  public static final String BURST = "burst-";

  private static final String TRAINER = "train";

  private final List<Tenant> tenants;
  private final Map<String, Page> pages = new HashMap<>();
  private long settledFresh;
  private long refusedBefore;

  /** An empty book. */
  public TenantLedger(List<Tenant> tenants) {
    this.tenants = List.copyOf(tenants);
    tenants.forEach(tenant -> pages.put(tenant.name(), new Page()));
  }

  /** Books a refusal; the trainer's own are in the counts of its rounds too. */
  public void refused(Rejection rejection) {
    boolean before = !rejection.getStage().equals(TRAINER);
    refusedBefore += before ? 1 : 0;
    Page page = pages.get(String.valueOf(rejection.getAdapter()));
    if (page != null) {
      page.reasons.merge(rejection.getReason(), 1L, Long::sum);
      page.refusedBefore += before ? 1 : 0;
    }
  }

  /** Books the end of a round. */
  public void ended(AdapterVersion event) {
    Page page = pages.get(event.getAdapter());
    if (page != null && event.getOutcome() != Outcome.ROLLED_BACK) {
      Counts counts = event.getCounts();
      settledFresh += counts.getExamples() - counts.getReplayed() + counts.getRejected();
      page.rounds.put(event.getWindow().getFirstOffset(), event);
    }
  }

  /**
   * Books a record that reached the topic {@code training}; a replay was booked when it was new.
   */
  public void arrived(Entry<WeightedExample> entry) {
    Page page = pages.get(entry.key());
    if (page != null && entry.value().getReplayOf() == null) {
      TrainingExample sent = entry.value().getScored().getExample();
      boolean burst = sent.getId().startsWith(BURST);
      page.arrivals.add(new Arrival(entry.offset(), sent.getEventTime(), burst));
    }
  }

  /** Records that are where they stay: refused, or in a window that an event closed. */
  public long settled() {
    return refusedBefore + settledFresh;
  }

  /**
   * One row for each adapter, the slowest first.
   *
   * @param produced records by adapter
   */
  public List<Row> rows(Map<String, Long> produced) {
    return tenants.stream()
        .map(tenant -> page(tenant).row(tenant, produced.getOrDefault(tenant.name(), 0L)))
        .toList();
  }

  /** When the last round ended; empty without any. */
  public Optional<Instant> lastEnd() {
    return pages.values().stream()
        .flatMap(page -> page.rounds.values().stream())
        .map(AdapterVersion::getCreatedAt)
        .max(Comparator.naturalOrder());
  }

  /**
   * How the others fare while the fastest adapter has much to train.
   *
   * @param calm from when on it was as it is without the many: adapters have their first versions
   * @param since when the many were sent
   * @param until when no more was sent to anybody
   */
  public Burst burst(Instant calm, Instant since, Instant until) {
    List<Instant> ends =
        pages.values().stream()
            .flatMap(page -> page.settled(Arrival::burst))
            .map(Settled::end)
            .toList();
    Instant end = ends.stream().max(Comparator.naturalOrder()).orElse(until);
    return new Burst(
        ends.size(),
        Duration.between(since, end).toMillis() / 1e3,
        others(arrival -> !arrival.time().isBefore(calm) && arrival.time().isBefore(since)),
        others(arrival -> !arrival.time().isBefore(since) && !arrival.time().isAfter(end)));
  }

  private double others(Predicate<Arrival> when) {
    return Quantiles.of(
        tenants.subList(0, Math.max(0, tenants.size() - 1)).stream()
            .flatMap(tenant -> page(tenant).settled(when))
            .map(Settled::seconds)
            .toList(),
        0.95);
  }

  private Page page(Tenant tenant) {
    return Objects.requireNonNull(pages.get(tenant.name()));
  }

  /**
   * A burst.
   *
   * @param settled records of it that are in windows
   * @param seconds until the last of them was
   * @param before 95th percentile of all others' freshness before it, in seconds; not a number
   *     without any
   * @param during the same of records that were sent while it was worked off
   */
  public record Burst(int settled, double seconds, double before, double during) {
    /** How much staler they were. */
    public double ratio() {
      return during / before;
    }
  }

  /**
   * Where an adapter's records are.
   *
   * @param tenant whose
   * @param produced sent and acknowledged
   * @param refused by reason, over all stages
   * @param trained in windows and not held out, replays among them
   * @param heldOut kept for the gate
   * @param replayed replays
   * @param underWay neither refused nor at the topic {@code training} yet
   * @param waiting there, and in no window
   * @param rounds how they ended
   * @param freshness of records in windows
   */
  public record Row(
      Tenant tenant,
      long produced,
      SortedMap<String, Long> refused,
      long trained,
      long heldOut,
      long replayed,
      long underWay,
      long waiting,
      Rounds rounds,
      Freshness freshness) {}

  /**
   * Rounds by outcome.
   *
   * @param released to be served
   * @param continued trained on
   * @param rejected thrown away
   */
  public record Rounds(long released, long continued, long rejected) {}

  /**
   * Seconds from when a record was sent to the event whose window holds it; not numbers without
   * records.
   *
   * @param p50 median
   * @param p95 95th percentile
   */
  public record Freshness(double p50, double p95) {}

  private record Arrival(long offset, Instant time, boolean burst) {}

  private record Settled(Instant end, double seconds) {}

  /** One adapter's. */
  private static final class Page {
    private final List<Arrival> arrivals = new ArrayList<>();
    private final TreeMap<Long, AdapterVersion> rounds = new TreeMap<>();
    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private long refusedBefore;

    Row row(Tenant tenant, long produced) {
      List<Double> ages = settled(arrival -> true).map(Settled::seconds).toList();
      return new Row(
          tenant,
          produced,
          new TreeMap<>(reasons),
          sum(counts -> counts.getExamples() - counts.getHeldOut()),
          sum(Counts::getHeldOut),
          sum(Counts::getReplayed),
          produced - refusedBefore - arrivals.size(),
          (long) arrivals.size() - ages.size(),
          new Rounds(count(Outcome.RELEASED), count(Outcome.CONTINUED), count(Outcome.REJECTED)),
          new Freshness(Quantiles.of(ages, 0.5), Quantiles.of(ages, 0.95)));
    }

    Stream<Settled> settled(Predicate<Arrival> which) {
      return arrivals.stream().filter(which).flatMap(arrival -> settled(arrival).stream());
    }

    private Optional<Settled> settled(Arrival arrival) {
      return Optional.ofNullable(rounds.floorEntry(arrival.offset()))
          .map(Map.Entry::getValue)
          .filter(event -> arrival.offset() < event.getWindow().getNextOffset())
          .map(AdapterVersion::getCreatedAt)
          .map(end -> new Settled(end, Duration.between(arrival.time(), end).toMillis() / 1e3));
    }

    private long count(Outcome outcome) {
      return rounds.values().stream().filter(event -> event.getOutcome() == outcome).count();
    }

    private long sum(ToLongFunction<Counts> number) {
      return rounds.values().stream().map(AdapterVersion::getCounts).mapToLong(number).sum();
    }
  }
}
