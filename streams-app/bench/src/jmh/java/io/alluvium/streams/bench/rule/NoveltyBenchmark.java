package io.alluvium.streams.bench.rule;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.novelty.NoveltyState;
import io.alluvium.streams.novelty.Observation;
import io.alluvium.streams.novelty.space.Direction;
import io.alluvium.streams.novelty.text.TextFeatures;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per record of the three signals of novelty. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class NoveltyBenchmark {
  /** Characters of a record, about. */
  @Param({"200", "1000", "4000"})
  public int characters;

  private static final int EMBEDDING_BYTES = 320;

  private final TextFeatures words = new TextFeatures();
  private final Direction directions = new Direction();
  private final ByteBuffer embedding = ByteBuffer.allocate(EMBEDDING_BYTES);
  private final Random random = new Random(1);
  private NoveltyState state = new NoveltyState(StreamsAppConfig.byDefault().novelty());
  private List<TrainingExample> examples = List.of();
  private int next;

  /** Makes records, and a state that has seen them. */
  @Setup
  public void prepare() {
    examples = BenchmarkRecords.of(characters);
    state = new NoveltyState(StreamsAppConfig.byDefault().novelty());
    for (int i = 0; i < examples.size(); i++) {
      state();
    }
  }

  private Observation observation() {
    next = (next + 1) % examples.size();
    for (int i = 1; i < EMBEDDING_BYTES; i += 2) {
      embedding.put(i, (byte) (0x3c | (random.nextBoolean() ? 0x80 : 0)));
    }
    return new Observation(
        words.of(examples.get(next)), directions.of(embedding), random.nextDouble(), Double.NaN);
  }

  /** Words and place of an example; an embedding drawn anew included. */
  @Benchmark
  public Object sight() {
    return observation();
  }

  /** The same, held against the state and taken in. */
  @Benchmark
  public Object state() {
    return state.take(observation());
  }
}
