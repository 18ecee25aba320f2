package io.alluvium.cli.demo;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.demo.domain.SupportDomain;
import io.alluvium.cli.demo.flow.Feeder;
import io.alluvium.cli.demo.flow.Feeding;
import io.alluvium.cli.demo.flow.Observation;
import io.alluvium.cli.demo.ledger.Ledger;
import io.alluvium.cli.demo.ledger.Quantiles;
import io.alluvium.cli.demo.measure.Examination;
import io.alluvium.cli.demo.measure.Knowledge;
import io.alluvium.cli.demo.measure.PlainTraining;
import io.alluvium.cli.demo.report.DemoResult;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.watch.VersionText;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One run over a stack that is ready: feed, watch until all is accounted for, measure. */
final class DemoRun {
  /** Longer than a round on a loaded machine; what stands still for this long will not move. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration BETWEEN_HEALTH_LOOKS = Duration.ofSeconds(10);

  private final LocalStack stack;
  private final Cluster cluster;
  private final DemoPlan plan;
  private final Terminal terminal;

  DemoRun(LocalStack stack, Cluster cluster, DemoPlan plan, Terminal terminal) {
    this.stack = stack;
    this.cluster = cluster;
    this.plan = plan;
    this.terminal = terminal;
  }

  /**
   * Runs to the end.
   *
   * @param startedAt when the command began
   * @param comparePlain what to do for the comparison with plain training
   */
  DemoResult run(Instant startedAt, Comparison comparePlain) {
    SupportDomain domain = plan.domain();
    terminal.say(
        "%d records about an invented product, %.0f a second; the rule changes on the way (%s)"
            .formatted(domain.stream().size(), plan.perSecond(), domain.change()));
    try (Examination examination = Examination.open(plan.model(), domain.heldOut())) {
      Knowledge before = examination.base();
      try (Observation observation = new Observation(cluster);
          Feeding feeding =
              Feeder.start(
                  cluster, domain.stream(), new Feeder.Pace(DemoPlan.ADAPTER, plan.perSecond()))) {
        watch(feeding, observation, examination, domain.stream().size());
        Ledger ledger = observation.ledger();
        Optional<Path> folder = lastFolder(ledger);
        Knowledge after = folder.map(examination::of).orElse(before);
        Optional<Knowledge> plain = comparePlain.after(examination, ledger, terminal);
        double wallSeconds = Duration.between(startedAt, Instant.now()).toMillis() / 1e3;
        return new DemoResult(flow(feeding, ledger), before, after, plain, wallSeconds, folder);
      }
    }
  }

  private void watch(
      Feeding feeding, Observation observation, Examination examination, long records) {
    Ledger ledger = observation.ledger();
    Instant lastMove = Instant.now();
    Instant lastHealthLook = lastMove;
    long settledBefore = -1;
    try (Progress progress = Progress.start(terminal, "demo", records)) {
      while (!(feeding.finished() && ledger.complete(feeding.sent()))) {
        feeding.check();
        observation.look().forEach(event -> tell(event, examination, progress));
        Instant now = Instant.now();
        long settled = ledger.settled() + feeding.sent();
        lastMove = settled == settledBefore ? lastMove : now;
        settledBefore = settled;
        requireMoving(lastMove, now);
        if (Duration.between(lastHealthLook, now).compareTo(BETWEEN_HEALTH_LOOKS) > 0) {
          lastHealthLook = now;
          requireAlive();
        }
        progress.at(ledger.settled(), beside(feeding, ledger));
      }
    }
  }

  private static String beside(Feeding feeding, Ledger ledger) {
    return "sent %d, refused %d, windows %d, released %d, continued %d"
        .formatted(
            feeding.sent(),
            ledger.refusedByReason().values().stream().mapToLong(Long::longValue).sum(),
            ledger.events().size(),
            ledger.released().size(),
            ledger.continued());
  }

  private void tell(AdapterVersion event, Examination examination, Progress progress) {
    if (event.getOutcome() == Outcome.RELEASED) {
      double share = examination.newDomain(AdapterHistory.folder(event));
      progress.say(
          String.format(
              Locale.ROOT,
              "%s@%d released: new domain %.3f",
              event.getAdapter(),
              event.getVersion(),
              share));
    } else {
      progress.say(VersionText.line(event));
    }
  }

  private static void requireMoving(Instant lastMove, Instant now) {
    if (Duration.between(lastMove, now).compareTo(PATIENCE) > 0) {
      throw CommandException.failed(
          "no record has moved for %d s: the logs under the data directory say why"
              .formatted(PATIENCE.toSeconds()));
    }
  }

  private void requireAlive() {
    for (ProcessStatus process : stack.status()) {
      if (process.state() == ProcessStatus.State.GONE) {
        throw CommandException.failed(
            "%s ended in the middle of the demo: %s says why"
                .formatted(process.name(), process.log()));
      }
    }
  }

  private static Optional<Path> lastFolder(Ledger ledger) {
    List<AdapterVersion> released = ledger.released();
    return released.isEmpty()
        ? Optional.empty()
        : Optional.of(AdapterHistory.folder(released.get(released.size() - 1)));
  }

  private static DemoResult.Flow flow(Feeding feeding, Ledger ledger) {
    List<Double> ages = ledger.freshnessSeconds();
    return new DemoResult.Flow(
        feeding.sent(),
        ledger.refusedByReason(),
        ledger.events().size(),
        ledger.released().size(),
        ledger.continued(),
        ledger.refusedVersions(),
        ledger.stageSeconds(),
        Quantiles.of(ages, 0.5),
        Quantiles.of(ages, 0.95),
        ledger.firstReleaseSeconds(feeding.since()).orElse(Double.NaN));
  }

  /** Whether plain training is shown beside. */
  enum Comparison {
    /** It is left out. */
    NONE {
      @Override
      Optional<Knowledge> after(Examination examination, Ledger ledger, Terminal terminal) {
        return Optional.empty();
      }
    },
    /** The same records are trained on without protection. */
    PLAIN {
      @Override
      Optional<Knowledge> after(Examination examination, Ledger ledger, Terminal terminal) {
        try (Progress progress =
            Progress.start(terminal, "plain training", ledger.windows().size())) {
          return Optional.of(new PlainTraining(examination).after(ledger.windows(), progress));
        }
      }
    };

    abstract Optional<Knowledge> after(Examination examination, Ledger ledger, Terminal terminal);
  }
}
