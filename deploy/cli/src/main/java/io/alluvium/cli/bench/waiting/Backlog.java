package io.alluvium.cli.bench.waiting;

import io.alluvium.cli.bench.waiting.fill.Filler;
import io.alluvium.cli.bench.waiting.fill.Stencil;
import io.alluvium.cli.bench.waiting.measure.Stopwatch;
import io.alluvium.cli.bench.waiting.measure.TrainerProcess;
import io.alluvium.cli.bench.waiting.measure.WaitingReport;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.record.ReadMark;
import io.alluvium.stack.process.Pause;
import java.time.Duration;
import java.util.List;

/**
 * Many ordinary records of one adapter, read ahead while rounds go on.
 *
 * @param records how many
 * @param readAhead how many of them are read ahead
 * @param rounds how long rounds are watched when all is read
 */
record Backlog(long records, long readAhead, Duration rounds) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** There are no more to read than there are. */
  Backlog {
    readAhead = Math.min(records, readAhead);
  }

  WaitingReport.Scenario run(WaitingStack stack) {
    stack.filler().send(List.of(new Filler.Lot("busy", Stencil.Text.ORDINARY, records)));
    TrainerProcess trainer = stack.start();
    Size size = new Size(trainer);
    Stopwatch watch = Stopwatch.start();
    stack.await(
        "%d records are read".formatted(readAhead),
        trainer,
        () -> size.look() && read(stack) >= readAhead);
    double readSeconds = watch.seconds();
    long read = read(stack);
    Stopwatch after = Stopwatch.start();
    stack.await(
        "rounds go on",
        trainer,
        () -> size.look() && after.seconds() * SECOND.toMillis() >= rounds.toMillis());
    return new WaitingReport.Backlog(
        records, readSeconds, read, events(stack), after.seconds(), size.memory());
  }

  private static long read(WaitingStack stack) {
    return stack.mark().map(ReadMark::position).orElse(0L);
  }

  private static long events(WaitingStack stack) {
    try (TopicReader<AdapterVersion> versions = stack.versions()) {
      return versions.rest().size();
    }
  }

  /** How large the trainer gets, looked at once a second. */
  private static final class Size {
    private final TrainerProcess trainer;
    private final long first;
    private long max;
    private long last;
    private long heapMax;

    Size(TrainerProcess trainer) {
      this.trainer = trainer;
      this.first = trainer.resident();
    }

    boolean look() {
      last = trainer.resident();
      max = Math.max(max, last);
      heapMax = Math.max(heapMax, trainer.heap());
      Pause.of(SECOND);
      return true;
    }

    WaitingReport.Memory memory() {
      return new WaitingReport.Memory(first, max, last, heapMax);
    }
  }
}
