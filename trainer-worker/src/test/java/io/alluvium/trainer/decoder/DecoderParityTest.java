package io.alluvium.trainer.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything the decoder computes, against the numpy oracle in float64. */
class DecoderParityTest {
  private static final EngineOptions OPTIONS = new EngineOptions(1, 512);
  private static final int[] ONCE_UPON_A_TIME = {1, 403, 407, 261, 378};

  @TempDir Path temp;

  @Test
  void realWeightsGiveTheOraclesLogitsAndGreedyText() throws Exception {
    Path model = Reference.stories();
    Reference reference = new Reference(model, null);
    try (Decoder decoder = Decoder.open(HfFolder.open(model), OPTIONS)) {
      assertClose(decoder.lastLogits(ONCE_UPON_A_TIME, null), reference.logits(ONCE_UPON_A_TIME));
      List<int[]> prompts = List.of(new int[] {1}, ONCE_UPON_A_TIME, new int[] {1, 403});
      List<int[]> texts = decoder.generate(prompts, GenerationOptions.greedy(60), null);
      int[] expected = reference.greedy(ONCE_UPON_A_TIME, 60);
      assertThat(texts.get(1)).isEqualTo(Arrays.copyOfRange(expected, 5, 65));
    }
  }

  @Test
  void realTextGivesTheOraclesLosses() throws Exception {
    Path model = Reference.stories();
    HfFolder folder = HfFolder.open(model);
    try (Decoder decoder = Decoder.open(folder, OPTIONS);
        ExampleTokenizer tokenizer = ExampleTokenizer.open(folder)) {
      assertThat(tokenizer.encodePrompt("Once upon a time")).isEqualTo(ONCE_UPON_A_TIME);
      List<TokenSequence> sequences =
          List.of(
              tokenizer.encode("Once upon a time", " there was a dog."),
              tokenizer.encode("Lily", " went to the park with her mom. She saw a big ball."),
              tokenizer.encode("", "The"));
      assertLosses(new Reference(model, null), decoder, sequences, null);
    }
  }

  @Test
  void aPublishedAdapterFolderGivesTheOraclesLossesOnRealWeights() throws Exception {
    Path model = Reference.stories();
    try (Decoder decoder = Decoder.open(HfFolder.open(model), OPTIONS)) {
      assertAdapterParity(model, decoder, new LoraSpec(8, 16, TinyModel.LINEARS));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F32", "BF16"})
  void groupedQueriesAndAnUntiedHeadGiveTheOraclesLosses(Dtype dtype) throws Exception {
    Reference.shared();
    Path model = tiny(dtype);
    try (Decoder decoder = Decoder.open(HfFolder.open(model), OPTIONS)) {
      int[] ids = {1, 5, 9, 60, 3};
      Reference reference = new Reference(model, null);
      assertClose(decoder.lastLogits(ids, null), reference.logits(ids));
      assertLosses(reference, decoder, sequences(decoder.config(), 20), null);
      assertAdapterParity(model, decoder, new LoraSpec(3, 5, List.of("v_proj", "down_proj")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void weightsAreReadWhereverTheirFilePutsThem(int padding) throws Exception {
    Path model = tiny(Dtype.F32);
    int[] ids = {1, 5, 9, 60, 3};
    double[] expected;
    try (Decoder decoder = Decoder.open(HfFolder.open(model), OPTIONS)) {
      expected = decoder.lastLogits(ids, null);
    }
    shiftHeader(model.resolve("model.safetensors"), padding);
    try (Decoder decoder = Decoder.open(HfFolder.open(model), OPTIONS)) {
      assertThat(decoder.lastLogits(ids, null)).isEqualTo(expected);
    }
  }

  private Path tiny(Dtype dtype) throws Exception {
    return TinyModel.write(
        temp.resolve("model"), TinyModel.MISTRAL, TinyModel.weights(TinyModel.MISTRAL, 5), dtype);
  }

  private void assertAdapterParity(Path model, Decoder decoder, LoraSpec spec) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("adapter"));
    try (LoraWeights written = TinyModel.adapter(decoder.config(), spec, 3)) {
      PeftFolder.write(folder, written, "base");
    }
    try (LoraWeights adapter = PeftFolder.read(folder, decoder.config())) {
      List<TokenSequence> sequences = sequences(decoder.config(), 20);
      assertLosses(new Reference(model, folder), decoder, sequences, adapter);
      assertThat(decoder.score(sequences, adapter).meanLoss())
          .as("the adapter changes something")
          .isNotCloseTo(decoder.score(sequences, null).meanLoss(), within(1e-3));
    }
  }

  private static void assertLosses(
      Reference reference,
      Decoder decoder,
      List<TokenSequence> sequences,
      @org.jspecify.annotations.Nullable LoraWeights adapter)
      throws Exception {
    float[] losses = decoder.score(sequences, adapter).losses();
    double[] wide = new double[losses.length];
    Arrays.setAll(wide, i -> losses[i]);
    assertClose(wide, reference.losses(sequences));
  }

  /** Lengths from 2 tokens to many, so that packing mixes them. */
  static List<TokenSequence> sequences(DecoderConfig config, int count) {
    Random random = new Random(9);
    List<TokenSequence> sequences = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      int[] ids = random.ints(2 + random.nextInt(60), 3, config.vocabulary()).toArray();
      sequences.add(new TokenSequence(ids, 1 + random.nextInt(ids.length - 1)));
    }
    return sequences;
  }

  /** Moves all data by bytes of space in the header. */
  private static void shiftHeader(Path file, int bytes) throws Exception {
    byte[] old = Files.readAllBytes(file);
    byte[] shifted = new byte[old.length + bytes];
    int header = 8 + old[0] + ((old[1] & 0xFF) << 8) - (old[0] < 0 ? -256 : 0);
    System.arraycopy(old, 0, shifted, 0, header);
    Arrays.fill(shifted, header, header + bytes, (byte) ' ');
    System.arraycopy(old, header, shifted, header + bytes, old.length - header);
    int length = header - 8 + bytes;
    shifted[0] = (byte) length;
    shifted[1] = (byte) (length >> 8);
    Files.write(file, shifted);
  }

  /** Within 1e-4 of the value, or of 1 for values below it. */
  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("value %d", i)
          .isCloseTo(expected[i], within(1e-4 * Math.max(1, Math.abs(expected[i]))));
    }
  }
}
