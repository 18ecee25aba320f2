package io.alluvium.cli.bench.waiting;

import io.alluvium.cli.bench.waiting.fill.Filler;
import io.alluvium.cli.bench.waiting.fill.Stencil;
import io.alluvium.cli.bench.waiting.measure.Stopwatch;
import io.alluvium.cli.bench.waiting.measure.TrainerProcess;
import io.alluvium.cli.bench.waiting.measure.WaitingReport;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterVersion;
import java.util.List;
import java.util.Map;

/**
 * A restart when many settled records lie behind a few that wait. They are settled by being refused
 * as too long, since training them would take hours.
 *
 * @param wanted records that are to be settled
 */
record SettledBehind(long wanted) {
  private static final long WINDOW = 10_000;
  private static final int SLEEPING = 2;
  private static final int LATE = 40;

  /** Suites hold longer items than this, so there are none. */
  private static final int MAX_TOKENS = 16;

  /** Windows are cut when they are full and for no other reason. */
  Map<String, String> settings() {
    return Map.of(
        "trainer.base.maxTokens",
        Integer.toString(MAX_TOKENS),
        "trainer.finetune.anchors.maxTokens",
        Integer.toString(MAX_TOKENS),
        "trainer.gate.retention",
        "[]",
        "trainer.window.examples",
        Long.toString(window()),
        "trainer.window.tokens",
        "100000000",
        "trainer.window.age",
        "P1D");
  }

  private long rounds() {
    return (wanted + WINDOW - 1) / WINDOW;
  }

  /** All windows are alike. */
  private long window() {
    return wanted / rounds();
  }

  /** So many that all windows are full. */
  long records() {
    return rounds() * window();
  }

  WaitingReport.Scenario run(WaitingStack stack) {
    stack
        .filler()
        .send(
            List.of(
                new Filler.Lot("sleeper", Stencil.Text.SHORT, SLEEPING),
                new Filler.Lot("busy", Stencil.Text.LONG, records())));
    Stopwatch settling = Stopwatch.start();
    TrainerProcess first = stack.start();
    stack.await("only the sleeper's records wait", first, () -> settled(stack));
    double settleSeconds = settling.seconds();
    long before = first.resident();
    long rounds = events(stack);
    stack.kill();
    stack.filler().send(List.of(new Filler.Lot("late", Stencil.Text.SHORT, LATE)));

    Stopwatch watch = Stopwatch.start();
    TrainerProcess again = stack.restart();
    double ready = watch.seconds();
    stack.await("the late records wait", again, () -> late(again) == LATE);
    double read = watch.seconds();
    return new WaitingReport.Settled(
        records(), settleSeconds, rounds, ready, read, before, again.resident());
  }

  private boolean settled(WaitingStack stack) {
    return stack
        .mark()
        .filter(mark -> mark.position() >= SLEEPING + records() && mark.waiting() == SLEEPING)
        .isPresent();
  }

  private static long events(WaitingStack stack) {
    try (TopicReader<AdapterVersion> versions = stack.versions()) {
      return versions.rest().size();
    }
  }

  private static long late(TrainerProcess trainer) {
    return trainer.gauges().sum("alluvium_adapter_waiting", "adapter=\"late\"");
  }
}
