package io.alluvium.trainer.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderTest {
  @TempDir static Path folder;

  private static Decoder decoder;

  @BeforeAll
  static void open() throws Exception {
    TinyModel.write(folder, TinyModel.MISTRAL, 2);
    decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void exactMatchIsWhatGreedyGenerationWouldWrite() {
    List<TokenSequence> sequences = new ArrayList<>();
    for (int[] prompt : prompts(30)) {
      int[] rest = decoder.generate(List.of(prompt), GenerationOptions.greedy(9), null).get(0);
      TokenSequence right = join(prompt, rest);
      int[] wrong = right.ids().clone();
      int changed = prompt.length + (sequences.size() % rest.length);
      wrong[changed] = (wrong[changed] + 1) % decoder.config().vocabulary();
      sequences.add(right);
      sequences.add(new TokenSequence(wrong, prompt.length));
    }
    boolean[] matches = decoder.score(sequences, null).exactMatches();
    for (int n = 0; n < matches.length; n++) {
      assertThat(matches[n]).as("sequence %d", n).isEqualTo(n % 2 == 0);
    }
  }

  @Test
  void aTextDoesNotDependOnItsNeighbours() {
    List<int[]> prompts = prompts(70);
    GenerationOptions sampled = new GenerationOptions(12, 1.0, 4);
    List<int[]> together = decoder.generate(prompts, sampled, null);
    assertThat(decoder.generate(prompts, sampled, null).get(3)).isEqualTo(together.get(3));
    assertThat(decoder.generate(prompts.subList(0, 1), sampled, null).get(0))
        .isEqualTo(together.get(0));
  }

  @Test
  void samplingFollowsTheModelsDistribution() {
    int[] prompt = {1, 7, 30};
    int draws = 3000;
    int[] counts = new int[decoder.config().vocabulary()];
    List<int[]> prompts = java.util.Collections.nCopies(draws, prompt);
    for (int[] text : decoder.generate(prompts, new GenerationOptions(1, 0.7, 8), null)) {
      counts[text[0]]++;
    }
    double[] expected = softmax(decoder.lastLogits(prompt, null), 0.7);
    for (int id = 0; id < counts.length; id++) {
      double deviation = Math.sqrt(expected[id] * (1 - expected[id]) / draws);
      assertThat(counts[id] / (double) draws)
          .as("token %d", id)
          .isCloseTo(expected[id], within(5 * deviation + 1e-9));
    }
  }

  @Test
  void aFreshAdapterChangesNothingAndIsNotAlive() {
    List<TokenSequence> sequences = DecoderParityTest.sequences(decoder.config(), 10);
    LoraSpec spec = new LoraSpec(4, 8, TinyModel.LINEARS);
    try (LoraWeights fresh = LoraWeights.initial(decoder.config(), spec, 1);
        LoraWeights used = TinyModel.adapter(decoder.config(), spec, 1)) {
      assertThat(decoder.score(sequences, fresh).losses())
          .isEqualTo(decoder.score(sequences, null).losses());
      assertThat(fresh.alive()).isFalse();
      assertThat(used.alive()).isTrue();
    }
  }

  @Test
  void embeddingsDoNotDependOnTheBatch() {
    List<TokenSequence> sequences = DecoderParityTest.sequences(decoder.config(), 10);
    Scores together = decoder.scoreWithEmbeddings(sequences, null);
    for (int n = 0; n < sequences.size(); n++) {
      float[] alone =
          decoder.scoreWithEmbeddings(sequences.subList(n, n + 1), null).embeddings().get(0);
      assertThat(together.embeddings().get(n)).containsExactly(alone, within(1e-5f));
    }
  }

  @Test
  void generationUnderAnAdapterEqualsItsForwardPass() {
    LoraSpec spec = new LoraSpec(4, 8, List.of("q_proj", "gate_proj"));
    try (LoraWeights adapter = TinyModel.adapter(decoder.config(), spec, 6)) {
      int[] prompt = {1, 20, 30};
      int[] rest = decoder.generate(List.of(prompt), GenerationOptions.greedy(20), adapter).get(0);
      assertThat(decoder.score(List.of(join(prompt, rest)), adapter).exactMatches()[0]).isTrue();
    }
  }

  @Test
  void aSequenceThatIsTooLongIsNamed() {
    TokenSequence sequence = new TokenSequence(new int[91], 1);
    assertThatThrownBy(() -> decoder.score(List.of(sequence), null))
        .hasMessage("sequence of 91 tokens is longer than maxTokens 90");
  }

  @Test
  void theResponseStartsWhereThePromptEnds() throws Exception {
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(HfFolder.open(folder))) {
      TokenSequence sequence = tokenizer.encode("2+2=", "4");
      assertThat(sequence.length()).isEqualTo(7);
      assertThat(sequence.responseStart()).isEqualTo(5);
      assertThat(sequence.ids()[0]).isEqualTo(1);
      assertThat(sequence.ids()[6]).isEqualTo(2);
      assertThat(tokenizer.decode(sequence.ids())).isEqualTo("2+2=4");
      assertThat(tokenizer.encode("", "").responseStart()).isEqualTo(1);
    }
  }

  @Test
  void longTextsAreNeitherCutNorPadded() throws Exception {
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(HfFolder.open(folder))) {
      assertThat(tokenizer.encodePrompt("a".repeat(3000))).hasSize(3001);
    }
  }

  private static TokenSequence join(int[] prompt, int[] rest) {
    int[] ids = Arrays.copyOf(prompt, prompt.length + rest.length);
    System.arraycopy(rest, 0, ids, prompt.length, rest.length);
    return new TokenSequence(ids, prompt.length);
  }

  private static List<int[]> prompts(int count) {
    Random random = new Random(5);
    List<int[]> prompts = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      prompts.add(random.ints(1 + random.nextInt(9), 3, 61).toArray());
    }
    return prompts;
  }

  private static double[] softmax(double[] logits, double temperature) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] weights = Arrays.stream(logits).map(x -> Math.exp((x - max) / temperature)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(x -> x / sum).toArray();
  }
}
