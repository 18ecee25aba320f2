package io.alluvium.streams.bench.rule;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.dedup.exact.Fingerprint;
import java.util.List;
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

/** Nanoseconds per record of what exact duplicates are known by. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ExactBenchmark {
  /** Characters of a record, about. */
  @Param({"200", "1000", "4000"})
  public int characters;

  private List<TrainingExample> examples = List.of();
  private int next;

  /** Makes records. */
  @Setup
  public void prepare() {
    examples = BenchmarkRecords.of(characters);
  }

  private TrainingExample example() {
    next = (next + 1) % examples.size();
    return examples.get(next);
  }

  /** Fingerprint of the id. */
  @Benchmark
  public Object id() {
    return Fingerprint.ofId(example());
  }

  /** Fingerprint of the normal text. */
  @Benchmark
  public Object text() {
    return Fingerprint.ofText(example());
  }
}
