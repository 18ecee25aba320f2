package io.alluvium.cli.local.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.need.TrainingNeed;
import io.alluvium.trainer.need.WeightBytes;
import io.alluvium.trainer.program.weights.Held;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseMemoryTest {
  private static final long GIGA = 1_000_000_000L;

  /** Seven billion parameters, as Llama 2 has them. */
  private static final DecoderConfig SEVEN_BILLION =
      new DecoderConfig(
          32_000,
          4096,
          32,
          32,
          32,
          128,
          11_008,
          1e-5,
          Rotary.plain(1e4),
          4096,
          false,
          1,
          List.of(2),
          Architecture.LLAMA);

  @Test
  void aBaseThatCannotFitIsRefusedInOneLine() {
    assertThatThrownBy(() -> memory(8 * GIGA, Short.BYTES).ensureFits())
        .isInstanceOf(CommandException.class)
        .hasMessageMatching(
            "base llama-7b needs \\d\\d\\.\\d GB to train, this machine has 8\\.0 GB: take a smaller"
                + " base, or a machine with more memory");
    assertThat(memory(8 * GIGA, Short.BYTES).fits()).isFalse();
  }

  @Test
  void aFileOfFourBytesAWeightCouldHaveTwo() {
    assertThatThrownBy(() -> memory(24 * GIGA, Float.BYTES).ensureFits())
        .hasMessageContaining(
            "this machine has 24.0 GB: take a copy of it in bf16, a smaller base");
    assertThat(memory(24 * GIGA, Short.BYTES).fits()).isTrue();
  }

  @Test
  void longRecordsThatWouldNotFitAreWarnedOfWithTheSettingThatHelps() {
    assertThat(memory(24 * GIGA, Short.BYTES).ensureFits())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("warning: base llama-7b may need ")
                    .contains("--set trainer.finetune.loop.microBatchTokens=1024"));
  }

  @Test
  void whatFitsIsSaidWithItsParts() {
    BaseMemory memory = memory(200 * GIGA, Short.BYTES);
    assertThat(memory.ensureFits()).isEmpty();
    assertThat(memory.line())
        .startsWith("llama-7b needs ")
        .contains("of 200.0 GB: weights 13.5 GB of mapped file, step up to ");
  }

  @Test
  void theShippedBaseFitsWhereTheReadmeSaysSo(@TempDir Path data) {
    Path base = Path.of("../../trainer-worker/models/alluvium-tiny");
    LocalSystem.Request request =
        new LocalSystem.Request(
            "", MetricsPorts.CUSTOMARY, ModelPlan.of(base, List.of(), null), Map.of());
    BaseMemory memory = request.memory(new DataFolder(data));
    assertThat(new BaseMemory("tiny", memory.need(), memory.under(), 4 * GIGA).ensureFits())
        .isEmpty();
  }

  private static BaseMemory memory(long machineBytes, int bytesPerWeight) {
    return new BaseMemory(
        "llama-7b",
        need(Map.of(), bytesPerWeight),
        settings -> need(settings, bytesPerWeight),
        machineBytes);
  }

  private static TrainingNeed need(Map<String, String> settings, int bytesPerWeight) {
    long bytes =
        bytesPerWeight
            * WeightSlot.all(SEVEN_BILLION).stream().mapToLong(WeightSlot::elements).sum();
    return new TrainingNeed(
        SEVEN_BILLION,
        new WeightBytes(bytes, 0, Held.AS_STORED),
        new EngineOptions(1, 256, Precision.FP32),
        config(
            "true".equals(settings.get("trainer.finetune.gradientCheckpointing")),
            Integer.parseInt(
                settings.getOrDefault("trainer.finetune.loop.microBatchTokens", "0"))));
  }

  private static FineTuneConfig config(boolean recompute, int passTokens) {
    FineTuneConfig config = FineTuneConfig.defaults();
    return new FineTuneConfig(
        config.rank(),
        config.alpha(),
        config.targetModules(),
        config.adapter(),
        config.epochs(),
        config.batchSize(),
        config.learningRate(),
        config.warmupSteps(),
        config.decayTo(),
        config.weightDecay(),
        config.maxGradNorm(),
        config.explodingFactor(),
        recompute,
        new LoopConfig(0, 0, passTokens, 0, 10, 0.1),
        config.anchors(),
        Map.of(),
        config.seed());
  }
}
