package io.alluvium.trainer.bench.size;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.bench.work.ProcessMemory;
import io.alluvium.trainer.bench.work.RandomBase;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.need.TrainingNeed;
import io.alluvium.trainer.need.WeightBytes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * LoRA with recompute on a bf16 file of TinyLlama-1.1B's shape, multiplied in bf16 where the CPU
 * has units for it and in fp32 where it has not. {@code prepare ORDER} writes random weights;
 * {@code run ORDER} prints one {@link SizeResult} on its last line.
 */
public final class SizeBench {
  /** TinyLlama-1.1B: 22 layers of width 2048, 32 heads on 4, MLP 5632, vocabulary 32,000. */
  static final DecoderConfig TINY_LLAMA =
      new DecoderConfig(
          32_000,
          2048,
          22,
          32,
          4,
          64,
          5632,
          1e-5,
          Rotary.plain(1e4),
          2048,
          false,
          1,
          List.of(2),
          Architecture.LLAMA);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SizeOrder order;
  private final MemoryWatch watch;

  private SizeBench(SizeOrder order, MemoryWatch watch) {
    this.order = order;
    this.watch = watch;
  }

  /** Runs one order. */
  public static void main(String[] arguments) throws IOException {
    SizeOrder order = JSON.readValue(arguments[1], SizeOrder.class);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    switch (arguments[0]) {
      case "prepare" -> RandomBase.write(order.folder(), TINY_LLAMA, Dtype.BF16);
      case "run" -> out.println(JSON.writeValueAsString(run(order)));
      default -> throw new IllegalArgumentException("no work '" + arguments[0] + "'");
    }
    Runtime.getRuntime().halt(0);
  }

  /** Measures on the base in the order's folder, whatever its shape. */
  static SizeResult run(SizeOrder order) throws IOException {
    try (MemoryWatch watch = new MemoryWatch()) {
      return new SizeBench(order, watch).measured();
    }
  }

  private SizeResult measured() throws IOException {
    HfFolder folder = HfFolder.open(order.folder());
    EngineOptions engine = new EngineOptions(order.threads(), order.tokens(), Precision.AUTO);
    WeightBytes weights = WeightBytes.of(folder, engine.precision().dataType());
    try (Decoder decoder = Decoder.open(folder, engine)) {
      long opened = ProcessMemory.ANONYMOUS.bytes();
      SizedTraining.Times times;
      try (SizedTraining training = new SizedTraining(decoder, order)) {
        times = training.run();
      }
      long trained = watch.anonymousBytes();
      long files = watch.fileBytes();
      watch.restart();
      double loss = score(decoder);
      TrainingNeed need =
          new TrainingNeed(folder.config(), weights, engine, SizedTraining.config(order));
      return new SizeResult(
          parameters(folder.config()),
          weights.mapped() + weights.own(),
          times.recordTokens(),
          times.anchorTokens(),
          times.plain(),
          times.fresh(),
          times.held(),
          times.recordTokens() / times.held().seconds(),
          times.recordTokens() / times.plain().seconds(),
          share(times.plain(), times.held()),
          share(times.plain(), times.fresh()),
          times.keptBytes(),
          opened,
          ProcessMemory.PEAK.bytes(),
          trained,
          files,
          watch.anonymousBytes(),
          need.most().anonymous(),
          loss);
    }
  }

  private double score(Decoder decoder) {
    List<TokenSequence> sequences = SizedTraining.sequences(decoder.config(), order);
    return decoder.score(sequences, null).meanLoss();
  }

  private static long parameters(DecoderConfig config) {
    return WeightSlot.all(config).stream().mapToLong(WeightSlot::elements).sum();
  }

  private static double share(SizedTraining.Took without, SizedTraining.Took with) {
    return 1 - without.processSeconds() / with.processSeconds();
  }
}
