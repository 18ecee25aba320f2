package io.alluvium.trainer.bench.size;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.bench.work.RandomBase;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.program.device.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A small base in the measuring process, whose memory is held against what is said beforehand. */
class SizeBenchTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double FACTOR = 2;

  /** The benches' {@code small}, with a vocabulary large enough to be seen. */
  private static final DecoderConfig SHAPE =
      new DecoderConfig(
          32_000,
          512,
          8,
          8,
          4,
          64,
          1408,
          1e-5,
          Rotary.plain(1e4),
          512,
          true,
          1,
          List.of(2),
          Architecture.LLAMA);

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsSaidBeforehandIsWithinAFactorOfWhatIsTaken(@TempDir Path folder) throws Exception {
    Path base = folder.resolve("base");
    RandomBase.write(base, SHAPE, Dtype.BF16);

    SizeResult result = run(new SizeOrder(base, 1, 4, 128, 0, 1));

    assertThat(result.neededBytes() / (double) result.peakAnonymousBytes())
        .as("%d said, %d taken", result.neededBytes(), result.peakAnonymousBytes())
        .isBetween(1 / FACTOR, FACTOR);
    assertThat(result.openedAnonymousBytes()).isPositive().isLessThan(result.peakAnonymousBytes());
    assertThat(result.peakFileBytes()).isGreaterThan(result.baseBytes() / 2);
    assertThat(result.scoringAnonymousBytes()).isPositive();
    assertThat(result.keptBytes())
        .isEqualTo(4L * 127 * 512 * (DataType.ofMachine() == DataType.BF16 ? 2 : 4));
    assertThat(result.recordTokens()).isEqualTo(512);
    assertThat(result.anchorTokens()).isEqualTo(512);
    assertThat(result.loss()).isPositive();
  }

  private static SizeResult run(SizeOrder order) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                SizeBench.class.getName(),
                "run",
                JSON.writeValueAsString(order))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return JSON.readValue(out.strip().lines().reduce("", (a, b) -> b), SizeResult.class);
  }
}
