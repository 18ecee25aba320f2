package io.alluvium.trainer.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.decoder.memory.PassMemory;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.weights.Held;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {
  private static final int LARGE = 150_000;

  @Test
  void aLargeVocabularyMakesNoSmallerCalls() {
    int small = Scoring.tokensPerCall(memory(shape(8_000, 64)), 256);
    int large = Scoring.tokensPerCall(memory(shape(LARGE, 64)), 256);
    assertThat(large).isEqualTo(small).isEqualTo(8192);
  }

  @Test
  void aWideModelMakesSmallerCallsThatStayWithinTheirMemory() {
    PassMemory wide = memory(shape(32_000, 4096));
    int tokens = Scoring.tokensPerCall(wide, 256);
    assertThat(tokens).isBetween(256, 4096);
    assertThat(tokens * wide.forthPerToken(256)).isLessThanOrEqualTo(256L << 20);
  }

  @Test
  void lossesUnderALargeVocabularyAreThoseOfOneTextAtATime(@TempDir Path folder) throws Exception {
    TinyModel.write(folder, shape(LARGE, 16), 3);
    try (Decoder decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 64))) {
      List<TokenSequence> sequences = sequences();
      float[] together = decoder.score(sequences, null).losses();
      for (int n = 0; n < sequences.size(); n++) {
        float alone = decoder.score(List.of(sequences.get(n)), null).losses()[0];
        assertThat(together[n]).isCloseTo(alone, within(1e-5f * alone));
      }
    }
  }

  private static List<TokenSequence> sequences() {
    Random random = new Random(4);
    return Stream.generate(() -> random.ints(40, 3, LARGE).toArray())
        .limit(12)
        .map(ids -> new TokenSequence(ids, 1 + random.nextInt(38)))
        .toList();
  }

  private static PassMemory memory(DecoderConfig shape) {
    return new PassMemory(shape, DataType.FP32, Held.AS_MULTIPLIED);
  }

  private static DecoderConfig shape(int vocabulary, int hidden) {
    return new DecoderConfig(
        vocabulary,
        hidden,
        2,
        hidden / 8,
        hidden / 8,
        8,
        3 * hidden,
        1e-5,
        Rotary.plain(10_000),
        96,
        true,
        1,
        List.of(2),
        Architecture.LLAMA);
  }
}
