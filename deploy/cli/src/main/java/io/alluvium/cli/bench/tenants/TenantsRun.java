package io.alluvium.cli.bench.tenants;

import io.alluvium.cli.bench.measure.Zeros;
import io.alluvium.cli.bench.tenants.book.TenantLedger;
import io.alluvium.cli.bench.tenants.book.TenantsReport;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.WeightedExample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Traffic through a stack that is ready, until nothing moves any more. */
final class TenantsRun {
  private static final Duration STEP = Duration.ofMillis(500);

  /**
   * A small window waits for more records, so the end is that nothing moves, not that all is in.
   */
  private static final Duration QUIET = Duration.ofSeconds(90);

  private static final double MINUTE = 60_000;

  private final DataFolder folder;
  private final Cluster cluster;
  private final Trainers trainers;
  private final Terminal terminal;

  TenantsRun(DataFolder folder, Cluster cluster, Trainers trainers, Terminal terminal) {
    this.folder = folder;
    this.cluster = cluster;
    this.trainers = trainers;
    this.terminal = terminal;
  }

  /**
   * Sends and waits.
   *
   * @param drain how long is waited after the last record
   */
  TenantsReport run(Traffic.Plan plan, Duration drain) {
    TenantLedger ledger = new TenantLedger(plan.tenants());
    try (TopicReader<AdapterVersion> versions = cluster.read(cluster.topics().versions());
        TopicReader<Rejection> rejections = cluster.read(cluster.topics().rejected());
        Traffic traffic = Traffic.start(cluster, plan)) {
      Reading reading = new Reading(versions, rejections, ledger);
      follow(reading, traffic, drain);
      traffic.stop();
      reading.rest();
      readTraining(ledger);
      return report(ledger, traffic);
    }
  }

  private void follow(Reading reading, Traffic traffic, Duration drain) {
    Movement movement = new Movement(drain);
    try (Progress progress = Progress.start(terminal, "tenants", 0)) {
      Optional<String> gone = Optional.empty();
      while (gone.isEmpty() && !movement.over(traffic, reading.ledger().settled())) {
        reading.next();
        trainers.look();
        progress.outOf(traffic.acknowledged());
        progress.at(reading.ledger().settled());
        gone = trainers.gone();
      }
      gone.ifPresent(
          name ->
              terminal.say(
                  "%s ended in the middle: see its log with --work-dir DIR".formatted(name)));
    }
  }

  private void readTraining(TenantLedger ledger) {
    try (TopicReader<WeightedExample> training = cluster.read(cluster.topics().training())) {
      training.rest().forEach(ledger::arrived);
    }
  }

  private TenantsReport report(TenantLedger ledger, Traffic traffic) {
    Instant until = traffic.until().orElseGet(Instant::now);
    List<TenantLedger.Row> rows = ledger.rows(traffic.produced());
    long produced = rows.stream().mapToLong(TenantLedger.Row::produced).sum();
    long waiting = rows.stream().mapToLong(row -> row.underWay() + row.waiting()).sum();
    Instant end = ledger.lastEnd().filter(until::isBefore).orElse(until);
    return new TenantsReport(
        rows,
        new TenantsReport.Rates(
            produced / minutes(traffic.since(), until),
            (produced - waiting) / minutes(traffic.since(), end)),
        traffic.burstAt().map(at -> ledger.burst(traffic.calm(at), at, until)),
        trainers.memory(),
        trainers.log(),
        Zeros.of(folder));
  }

  private static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MINUTE;
  }

  /** Whether there is something left to wait for. */
  private final class Movement {
    private final Duration drain;
    private Instant moved = Instant.now();
    private long last;

    Movement(Duration drain) {
      this.drain = drain;
    }

    boolean over(Traffic traffic, long settled) {
      Instant now = Instant.now();
      Optional<Instant> until = traffic.until();
      if (settled > last || until.isEmpty() || trainers.disturbed()) {
        last = settled;
        moved = now;
      }
      return until.isPresent()
          && (settled >= traffic.acknowledged()
              || now.isAfter(moved.plus(QUIET))
              || now.isAfter(until.get().plus(drain)));
    }
  }

  /** What the system says, on its way into the books. */
  private record Reading(
      TopicReader<AdapterVersion> versions,
      TopicReader<Rejection> rejections,
      TenantLedger ledger) {
    void next() {
      versions.next(STEP).forEach(entry -> ledger.ended(entry.value()));
      rejections.next(STEP).forEach(entry -> ledger.refused(entry.value()));
    }

    void rest() {
      versions.rest().forEach(entry -> ledger.ended(entry.value()));
      rejections.rest().forEach(entry -> ledger.refused(entry.value()));
    }
  }
}
