package io.alluvium.cli.bench.waiting;

import io.alluvium.cli.bench.waiting.fill.Filler;
import io.alluvium.cli.bench.waiting.fill.Stencil;
import io.alluvium.cli.bench.waiting.measure.Stopwatch;
import io.alluvium.cli.bench.waiting.measure.TrainerProcess;
import io.alluvium.cli.bench.waiting.measure.WaitingReport;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.stack.process.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Many adapters with too few records to train on, against none.
 *
 * @param adapters how many
 * @param each records of each
 */
record ManyAdapters(int adapters, int each) {
  private static final int WINDOW = 64;

  /** What only the first turns and rounds do is over then. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final Duration IDLING = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** A window of the probe is cut at once. */
  static Map<String, String> settings() {
    return Map.of("trainer.window.examples", Integer.toString(WINDOW));
  }

  WaitingReport.Scenario run(WaitingStack stack) {
    WaitingReport.Idle empty = idle(stack, "before", 0);
    stack.stop();
    stack.filler().send(lots());
    WaitingReport.Idle waiting = idle(stack, "beside", records());
    return new WaitingReport.Adapters(adapters, records(), empty, waiting);
  }

  private long records() {
    return (long) adapters * each;
  }

  /** Adapters take turns in the log, as they would if their records came by chance. */
  private List<Filler.Lot> lots() {
    List<Filler.Lot> lots = new ArrayList<>();
    for (int n = 0; n < each; n++) {
      for (int adapter = 0; adapter < adapters; adapter++) {
        lots.add(new Filler.Lot("waiting-%06d".formatted(adapter), Stencil.Text.ORDINARY, n, 1));
      }
    }
    return lots;
  }

  private static WaitingReport.Idle idle(WaitingStack stack, String probe, long records) {
    Stopwatch watch = Stopwatch.start();
    TrainerProcess trainer = stack.start();
    double ready = watch.seconds();
    stack.await("%d records wait".formatted(records), trainer, () -> waiting(trainer) == records);
    double read = watch.seconds();
    Pause.of(SETTLING);
    double busy = trainer.busy(IDLING);
    OptionalLong heap = trainer.heapAfterCollection();
    long resident = trainer.resident();
    // The first round of a process finds everything cold.
    double unused = round(stack, trainer, probe + "-first");
    double seconds = round(stack, trainer, probe + "-second");
    return new WaitingReport.Idle(ready, read, heap, resident, busy, seconds);
  }

  private static long waiting(TrainerProcess trainer) {
    return trainer.gauges().sum("alluvium_window_waiting");
  }

  private static double round(WaitingStack stack, TrainerProcess trainer, String adapter) {
    try (TopicReader<AdapterVersion> versions = stack.versions().fromNow()) {
      Filler filler = stack.filler();
      Stopwatch watch = Stopwatch.start();
      filler.send(List.of(new Filler.Lot(adapter, Stencil.Text.ORDINARY, WINDOW)));
      stack.await("the event of " + adapter, trainer, () -> ended(versions, adapter));
      return watch.seconds();
    }
  }

  private static boolean ended(TopicReader<AdapterVersion> versions, String adapter) {
    return versions.next(LOOK).stream()
        .anyMatch(event -> event.value().getAdapter().equals(adapter));
  }
}
