package io.alluvium.trainer.bench.engine;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.NativeClock;
import com.sun.management.ThreadMXBean;
import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.bench.work.ProcessMemory;
import io.alluvium.trainer.bench.work.Workload;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.SupervisedTokens;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.packing.Packing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Runs an order: warms up, then measures rounds and, before and after each of them, the machine's
 * matrix products, so that both see the same machine: a round's mfu is its share of what the
 * products reached around it, and the median of these shares counts.
 */
public final class EngineBench {
  private static final int MAX_TOKENS = 512;

  private final BenchOrder order;
  private final Workload workload;

  /** Measures one order. */
  public EngineBench(BenchOrder order, Workload workload) {
    this.order = order;
    this.workload = workload;
  }

  /** What is timed: some steps, or some scoring passes. */
  interface Work extends AutoCloseable {
    /** Does it on the calling thread; returns the mean loss. */
    double run(int steps);

    @Override
    default void close() {}
  }

  private record Opened(Decoder decoder, long anonymousBytes) {}

  /** Runs it. */
  public BenchResult run(HfFolder base) throws IOException {
    EngineRuntime.start(order.threads());
    Opened opened = open(base);
    try (Decoder decoder = opened.decoder();
        Work work = work(decoder)) {
      return measure(work, opened, base);
    }
  }

  private Work work(Decoder decoder) {
    return switch (order.kind()) {
      case TRAINER -> new TrainingWork(decoder, workload, order);
      case SCORER -> steps -> score(decoder, steps);
    };
  }

  private double score(Decoder decoder, int steps) {
    double loss = 0;
    for (int n = 0; n < steps; n++) {
      loss += decoder.score(workload.batch(), null).meanLoss() / steps;
    }
    return loss;
  }

  private Opened open(HfFolder base) throws IOException {
    long before = ProcessMemory.ANONYMOUS.bytes();
    Decoder decoder =
        Decoder.open(base, new EngineOptions(order.threads(), MAX_TOKENS, order.dataType()));
    return new Opened(decoder, ProcessMemory.ANONYMOUS.bytes() - before);
  }

  /** The peak of resident memory is read before the products get memory of their own. */
  private BenchResult measure(Work work, Opened opened, HfFolder base) throws IOException {
    double loss = work.run(1);
    work.run(1);
    long warm = ProcessMemory.RESIDENT.bytes();
    work.run(order.steps());
    long end = ProcessMemory.RESIDENT.bytes();
    long peak = ProcessMemory.PEAK.bytes();
    Rounds rounds = rounds(work);
    double seconds = rounds.seconds();
    double flops = workload.flops(order.kind()) / seconds;
    return new BenchResult(
        workload.name(),
        order.dataType().dataType().name().toLowerCase(Locale.ROOT),
        order.recompute(),
        workload.tokens() / seconds,
        seconds,
        flops,
        rounds.peak(),
        workload.flops(order.kind()) * rounds.perFlop(),
        peak,
        warm,
        end,
        rounds.javaShare(),
        rounds.allocatedBytes(),
        paddingWaste(),
        weightBytes(base),
        opened.anonymousBytes(),
        loss,
        profile(work));
  }

  /**
   * What the rounds came to.
   *
   * @param seconds median of a step
   * @param peak median of the products' floating point operations per second
   * @param perFlop median of 1 / (a step's seconds x the products' operations per second then)
   * @param javaShare of the time of all rounds
   * @param allocatedBytes of the Java heap, per step
   */
  private record Rounds(
      double seconds, double peak, double perFlop, double javaShare, long allocatedBytes) {}

  private Rounds rounds(Work work) {
    double[] seconds = new double[order.rounds()];
    double[] peaks = new double[order.rounds() + 1];
    long nativeNanos = 0;
    long allocated = 0;
    try (MatmulPeak products =
        new MatmulPeak(workload, order.kind(), order.dataType().dataType().multiplied())) {
      peaks[0] = products.measure();
      for (int n = 0; n < order.rounds(); n++) {
        long allocatedBefore = allocatedBytes();
        long nativeBefore = NativeClock.nanos();
        long begin = System.nanoTime();
        work.run(order.steps());
        seconds[n] = (System.nanoTime() - begin) / 1e9 / order.steps();
        nativeNanos += NativeClock.nanos() - nativeBefore;
        allocated += allocatedBytes() - allocatedBefore;
        peaks[n + 1] = products.measure();
      }
    }
    double took = Arrays.stream(seconds).sum() * order.steps();
    return new Rounds(
        median(seconds),
        median(peaks),
        median(perFlop(seconds, peaks)),
        1 - nativeNanos / 1e9 / took,
        allocated / order.rounds() / order.steps());
  }

  private static double[] perFlop(double[] seconds, double[] peaks) {
    return IntStream.range(0, seconds.length)
        .mapToDouble(n -> 2 / (seconds[n] * (peaks[n] + peaks[n + 1])))
        .toArray();
  }

  private Map<String, Double> profile(Work work) throws IOException {
    Path trace = order.profile();
    if (trace == null) {
      return Map.of();
    }
    JniUtils.startProfile(
        /* useCuda= */ false, /* recordShape= */ true, /* profileMemory= */ false);
    work.run(1);
    JniUtils.stopProfile(trace.toString());
    return new OpGroups(workload.model(), TrainingWork.RANK).of(trace);
  }

  private double paddingWaste() {
    Packing packing = Packing.of(workload.batch().stream().map(SupervisedTokens::inputs).toList());
    return 1 - workload.tokens() / (double) packing.ids().length;
  }

  private long weightBytes(HfFolder base) {
    long elements = 0;
    for (WeightSlot slot : WeightSlot.all(base.config())) {
      elements += slot.elements();
    }
    return elements * (order.dataType().dataType() == DataType.BF16 ? 2 : 4);
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
