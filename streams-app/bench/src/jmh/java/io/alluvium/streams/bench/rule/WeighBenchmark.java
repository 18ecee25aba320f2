package io.alluvium.streams.bench.rule;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.weigh.WeighConfig;
import io.alluvium.streams.weigh.WeighState;
import io.alluvium.streams.weigh.Weight;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per record of weighing, freezing of temperatures included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class WeighBenchmark {
  private static final int LOSSES = 1000;

  private final WeighConfig config = StreamsAppConfig.byDefault().weigh();
  private final WeighState state = new WeighState();
  private final Candidate[] candidates = new Candidate[LOSSES];
  private int next;

  /** Makes records. */
  @Setup
  public void prepare() {
    TrainingExample example = BenchmarkRecords.of(200).get(0);
    for (int i = 0; i < LOSSES; i++) {
      candidates[i] =
          Candidate.fresh(
              ScoredExample.newBuilder()
                  .setExample(example)
                  .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
                  .setBaseDigest("0123456789abcdef")
                  .setPromptTokens(1)
                  .setResponseTokens(1)
                  .setBaseLoss(0.001 * (i * 7 % LOSSES) + 0.5)
                  .setScorerVersion("benchmark")
                  .setScoredAt(Instant.EPOCH)
                  .build(),
              null);
    }
  }

  /** One loss. */
  @Benchmark
  public Object weigh() {
    next = (next + 1) % LOSSES;
    Candidate candidate = candidates[next];
    double loss = candidate.scored().getBaseLoss();
    Weight weight = Weight.of(candidate, state.scale(loss, 0, config), config);
    return state.take(loss, weight, config);
  }
}
