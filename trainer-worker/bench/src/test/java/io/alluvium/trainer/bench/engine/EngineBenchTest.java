package io.alluvium.trainer.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.bench.BenchWorker;
import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.bench.work.BenchOrder.Kind;
import io.alluvium.trainer.decoder.options.Precision;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole measurement of the shipped base, as short as can be. */
class EngineBenchTest {
  private static final Path SHIPPED =
      Path.of("..", "models", "alluvium-tiny").toAbsolutePath().normalize();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyFigureOfAResultIsMeasured(Kind kind) throws Exception {
    BenchResult result = BenchWorker.run(order(kind, Map.of()));

    assertThat(result.mfu()).isPositive();
    assertThat(result.mfu() * result.matmulPeakFlops())
        .as("the products before a round and after it differ a little")
        .isBetween(result.modelFlops() / 2, result.modelFlops() * 2);
    assertThat(result.tokensPerSecond()).isPositive();
    assertThat(result.loss()).isPositive();
    assertThat(result.javaShare()).isBetween(0.0, 1.0);
    assertThat(result.paddingWaste()).as("of the shipped records").isBetween(0.0, 0.05);
    assertThat(result.profile()).containsKeys("projections", "attention");
  }

  @Test
  void stepsAreMadeWithTheMethodsOfTheOrder() {
    assertThatThrownBy(() -> BenchWorker.run(order(Kind.TRAINER, Map.of("no-method", 1.0))))
        .hasMessageContaining("finetune.methods knows no no-method");
  }

  private BenchOrder order(Kind kind, Map<String, Double> methods) {
    return new BenchOrder(
        kind,
        "shipped",
        Precision.FP32,
        /* recompute= */ false,
        methods,
        1,
        1,
        1,
        SHIPPED,
        folder,
        folder.resolve("trace.json"));
  }
}
