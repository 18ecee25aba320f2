package io.alluvium.cli.chaos;

import io.alluvium.cli.bench.measure.Zeros;
import io.alluvium.cli.bench.tenants.book.Tenant;
import io.alluvium.cli.bench.tenants.book.TenantLedger;
import io.alluvium.cli.chaos.harm.Deeds;
import io.alluvium.cli.chaos.harm.Deeds.Place;
import io.alluvium.cli.chaos.harm.Deeds.PointKill;
import io.alluvium.cli.chaos.harm.Recoveries;
import io.alluvium.cli.chaos.harm.Victims;
import io.alluvium.cli.chaos.plan.FaultPlan;
import io.alluvium.cli.chaos.point.Reached;
import io.alluvium.cli.chaos.report.ChaosReport;
import io.alluvium.cli.chaos.report.ChaosReport.Harm;
import io.alluvium.cli.chaos.report.Flow;
import io.alluvium.cli.chaos.report.Recovery;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.stack.process.Pause;
import io.alluvium.stack.process.StackException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run over a stack that is ready. */
final class ChaosRun {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration MEND_EVERY = Duration.ofSeconds(10);

  /** The last that were killed shall be seen at work while there is work. */
  private static final Duration LAST_WORK_WITHIN = Duration.ofMinutes(2);

  private static final Duration STEP = Duration.ofMillis(300);

  /** Nothing has moved for so long: the run is over, settled or not. */
  private static final Duration QUIET = Duration.ofMinutes(3);

  /** Refusals behind admission; what they refuse was accepted before. */
  private static final Set<String> LATER_STAGES = Set.of("score", "train", "route", "replay");

  private final Place place;
  private final Victims victims;
  private final List<Tenant> tenants;
  private final Terminal terminal;
  private Instant mended = Instant.now();

  ChaosRun(Place place, Victims victims, List<Tenant> tenants, Terminal terminal) {
    this.place = place;
    this.victims = victims;
    this.tenants = tenants;
    this.terminal = terminal;
  }

  /**
   * Feeds and harms, then waits until all is settled.
   *
   * @param drain how long is waited at the end
   */
  ChaosReport run(FaultPlan plan, Feed.Plan records, Duration drain) {
    Instant since = Instant.now();
    victims.stack().supervise(Deeds.AT_ONCE);
    try (Feed feed = new Feed(place.cluster(), tenants, records)) {
      Recoveries recoveries = new Recoveries(victims.stack(), place.cluster(), feed::acknowledged);
      try (Deeds deeds = new Deeds(victims, recoveries, place, plan)) {
        follow(recoveries, feed, deeds::over);
        deeds.startServers();
        Instant end = Instant.now().plus(LAST_WORK_WITHIN);
        follow(
            recoveries,
            feed,
            () -> recoveries.stillWaiting().isEmpty() || Instant.now().isAfter(end));
        feed.enough();
        follow(recoveries, feed, feed::over);
        feed.failure().ifPresent(failed -> victims.note("not all sent: " + failed.getMessage()));
        Reading reading = settled(feed, recoveries, drain);
        double seconds = Duration.between(since, Instant.now()).toMillis() / 1e3;
        return new ChaosReport(
            harm(deeds, reading.events),
            reading.flow(feed),
            recoveries(recoveries),
            notes(recoveries),
            Zeros.of(place.folder()),
            seconds);
      }
    }
  }

  private void follow(Recoveries recoveries, Feed feed, BooleanSupplier over) {
    try (Progress progress = Progress.start(terminal, "chaos", 0)) {
      while (!over.getAsBoolean()) {
        recoveries.look();
        progress.at(feed.acknowledged());
        mendNowAndThen();
        Pause.of(LOOK_EVERY);
      }
    }
  }

  /** Somebody else may hold the directory at this moment. */
  private void mendNowAndThen() {
    Instant now = Instant.now();
    if (!now.isAfter(mended.plus(MEND_EVERY))) {
      return;
    }
    mended = now;
    try {
      victims.mend();
    } catch (StackException held) {
      victims.note("not mended: " + held.getMessage());
    }
  }

  private Reading settled(Feed feed, Recoveries recoveries, Duration drain) {
    Instant end = Instant.now().plus(drain);
    Instant moved = Instant.now();
    long last = -1;
    Reading reading = new Reading();
    try (TopicReader<AdapterVersion> versions =
            place.cluster().read(place.cluster().topics().versions());
        TopicReader<Rejection> rejections =
            place.cluster().read(place.cluster().topics().rejected());
        Progress progress = Progress.start(terminal, "settled", feed.acknowledged())) {
      while (reading.ledger.settled() < feed.acknowledged()
          && Instant.now().isBefore(end)
          && Instant.now().isBefore(moved.plus(QUIET))) {
        versions.next(STEP).forEach(entry -> reading.ended(entry.value()));
        rejections.next(STEP).forEach(entry -> reading.refused(entry.value()));
        recoveries.look();
        progress.at(reading.ledger.settled());
        if (reading.ledger.settled() > last) {
          last = reading.ledger.settled();
          moved = Instant.now();
        }
        mendNowAndThen();
      }
      versions.rest().forEach(entry -> reading.ended(entry.value()));
      rejections.rest().forEach(entry -> reading.refused(entry.value()));
    }
    return reading;
  }

  private Harm harm(Deeds deeds, List<AdapterVersion> events) {
    Map<String, Integer> faults = new TreeMap<>();
    deeds.done().forEach((kind, count) -> faults.put(kind.words(), count));
    Map<String, Integer> points = new TreeMap<>();
    deeds.points().forEach(kill -> points.merge(reached(kill, events).words(), 1, Integer::sum));
    return new Harm(new TreeMap<>(victims.kills()), faults, points);
  }

  /** An event that names the artifact and is older than the kill was on its way already. */
  private static Reached reached(PointKill kill, List<AdapterVersion> events) {
    boolean named =
        kill.artifact()
            .map(folder -> folder.getFileName().toString())
            .filter(
                digest ->
                    events.stream()
                        .filter(event -> event.getCreatedAt().isBefore(kill.at()))
                        .anyMatch(event -> names(event, digest)))
            .isPresent();
    return named ? Reached.COMMIT_SENT : kill.reached();
  }

  private static boolean names(AdapterVersion event, String digest) {
    return Stream.of(uri(event.getArtifact()), uri(event.getHead()))
        .anyMatch(uri -> uri.contains(digest));
  }

  private static String uri(@Nullable Artifact artifact) {
    return artifact == null ? "" : artifact.getUri();
  }

  private List<Recovery> recoveries(Recoveries seen) {
    Map<String, List<Double>> seconds = seen.seconds();
    Map<String, Integer> cut = seen.cutShort();
    return victims.names().stream()
        .map(
            name ->
                new Recovery(
                    name, seconds.getOrDefault(name, List.of()), cut.getOrDefault(name, 0)))
        .toList();
  }

  private List<String> notes(Recoveries recoveries) {
    List<String> notes = new ArrayList<>(victims.notes());
    recoveries
        .stillWaiting()
        .forEach(name -> notes.add("no work of " + name + " was seen after its last kill"));
    return notes;
  }

  /** What the topics say. */
  private final class Reading {
    private final TenantLedger ledger = new TenantLedger(tenants);
    private final List<AdapterVersion> events = new ArrayList<>();
    private final SortedMap<String, Long> refused = new TreeMap<>();

    void ended(AdapterVersion event) {
      ledger.ended(event);
      events.add(event);
    }

    void refused(Rejection rejection) {
      ledger.refused(rejection);
      if (!LATER_STAGES.contains(rejection.getStage())) {
        refused.merge(rejection.getReason(), 1L, Long::sum);
      }
    }

    Flow flow(Feed feed) {
      SortedMap<String, Long> versions = new TreeMap<>();
      events.forEach(
          event ->
              versions.merge(event.getOutcome().name().toLowerCase(Locale.ROOT), 1L, Long::sum));
      return new Flow(
          feed.acknowledged(), feed.admissible(), accepted(), refused, ledger.settled(), versions);
    }

    private long accepted() {
      try (TopicReader<TrainingExample> accepted =
          place.cluster().read(place.cluster().topics().accepted())) {
        return accepted.rest().size();
      }
    }
  }
}
