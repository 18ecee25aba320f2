package io.alluvium.trainer.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyArchitecture;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every architecture: logits, losses, adapters and generation, against oracles in float64. */
class ArchitectureTest {
  private static final EngineOptions OPTIONS = new EngineOptions(1, 96);
  private static final int[] IDS = new Random(3).ints(30, 3, 61).toArray();

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(
      value = TinyArchitecture.class,
      names = {
        "LLAMA_LINEAR",
        "LLAMA_31",
        "LLAMA_YARN",
        "MISTRAL_WINDOW",
        "QWEN2_WINDOW",
        "QWEN3_MOE",
        "QWEN3_MOE_RAW",
        "MIXTRAL",
        "GEMMA2",
        "GEMMA2_FULL",
        "GEMMA3",
        "SMOLLM3",
        "PHI3",
        "PHI3_PART",
        "PHI3_LONG"
      },
      mode = Mode.EXCLUDE)
  void theNumpyOracleAgrees(TinyArchitecture architecture) throws Exception {
    Path model = architecture.write(temp.resolve("model"), Dtype.F32);
    try (Decoder decoder = open(model)) {
      assertClose(decoder.lastLogits(IDS, null), new Reference(model, null).logits(IDS));
      Path folder = Files.createDirectory(temp.resolve("adapter"));
      LoraSpec spec = new LoraSpec(3, 5, decoder.config().linears());
      try (LoraWeights written = TinyModel.adapter(decoder.config(), spec, 4)) {
        PeftFolder.write(folder, written, "base");
      }
      try (LoraWeights adapter = PeftFolder.read(folder, decoder.config())) {
        Reference reference = new Reference(model, folder);
        assertClose(decoder.lastLogits(IDS, adapter), reference.logits(IDS));
        List<TokenSequence> sequences = sequences();
        float[] losses = decoder.score(sequences, adapter).losses();
        assertClose(doubles(losses), reference.losses(sequences));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TinyArchitecture.class,
      names = {"GPT2", "QWEN2", "QWEN3", "LLAMA_BIASED"},
      mode = Mode.EXCLUDE)
  void plainLoopsAgree(TinyArchitecture architecture) throws Exception {
    Path model = architecture.write(temp.resolve("model"), Dtype.F32);
    PlainDecoder plain = new PlainDecoder(model);
    try (Decoder decoder = open(model)) {
      for (int length : new int[] {1, 6, 7, 8, 9, 20, 21, IDS.length}) {
        int[] ids = Arrays.copyOf(IDS, length);
        assertClose(decoder.lastLogits(ids, null), plain.logits(ids)[length - 1]);
      }
    }
  }

  /** Texts of up to 20 tokens and longer ones turn by different frequencies, in one batch too. */
  @Test
  void longTextsHaveFrequenciesOfTheirOwn() throws Exception {
    Path model = TinyArchitecture.PHI3_LONG.write(temp.resolve("model"), Dtype.F32);
    PlainDecoder plain = new PlainDecoder(model);
    List<TokenSequence> sequences = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    for (int length : new int[] {9, 20, 21, IDS.length}) {
      int[] ids = Arrays.copyOf(IDS, length);
      sequences.add(new TokenSequence(ids, 1));
      double[][] logits = plain.logits(ids);
      double sum = 0;
      for (int t = 1; t < length; t++) {
        sum += Math.log(Arrays.stream(logits[t - 1]).map(Math::exp).sum()) - logits[t - 1][ids[t]];
      }
      expected.add(sum / (length - 1));
    }
    try (Decoder decoder = open(model)) {
      float[] losses = decoder.score(sequences, null).losses();
      assertClose(doubles(losses), expected.stream().mapToDouble(x -> x).toArray());
      int[] prompt = Arrays.copyOf(IDS, 15);
      assertThat(decoder.generate(List.of(prompt), GenerationOptions.greedy(25), null).get(0))
          .hasSize(5);
      int[] longer = Arrays.copyOf(IDS, 25);
      int next = decoder.generate(List.of(longer), GenerationOptions.greedy(1), null).get(0)[0];
      double[] logits = plain.logits(longer)[24];
      assertThat(logits[next]).isEqualTo(Arrays.stream(logits).max().orElseThrow());
    }
  }

  @ParameterizedTest
  @EnumSource(TinyArchitecture.class)
  void anAdapterEqualsTheWeightsItIsMergedInto(TinyArchitecture architecture) throws Exception {
    Path model = architecture.write(temp.resolve("model"), Dtype.F32);
    Path merged = temp.resolve("merged");
    try (Decoder decoder = open(model);
        LoraWeights adapter = adapter(decoder)) {
      Map<String, FloatTensor> weights = architecture.weights(merged);
      boolean transposed = decoder.config().architecture().layout().transposed();
      for (int n = 0; n < adapter.slots().size(); n += 2) {
        String name = adapter.slots().get(n).path() + ".weight";
        FloatTensor old = Objects.requireNonNull(weights.get(name));
        weights.put(name, merged(old, adapter, n, transposed));
      }
      SafetensorsWriter.write(merged.resolve("model.safetensors"), weights, Dtype.F32);
      try (Decoder changed = open(merged)) {
        assertClose(decoder.lastLogits(IDS, adapter), changed.lastLogits(IDS, null));
        assertThat(changed.lastLogits(IDS, null)).isNotEqualTo(decoder.lastLogits(IDS, null));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F32", "F16", "BF16"})
  void shardsAreOneFolder(Dtype dtype) throws Exception {
    Path whole = TinyArchitecture.GPT2.write(temp.resolve("whole"), dtype);
    Path sharded = temp.resolve("sharded");
    Map<String, FloatTensor> weights = TinyArchitecture.GPT2.weights(sharded);
    Map<String, Map<String, FloatTensor>> shards = new TreeMap<>();
    ObjectNode index = JsonNodeFactory.instance.objectNode();
    int number = 0;
    for (Map.Entry<String, FloatTensor> tensor : new TreeMap<>(weights).entrySet()) {
      String file = "model-0000" + (1 + number++ % 3) + "-of-00003.safetensors";
      // As the folder of the bare model has them.
      String name = tensor.getKey().replaceFirst("^transformer\\.", "");
      shards.computeIfAbsent(file, any -> new HashMap<>()).put(name, tensor.getValue());
      index.withObject("weight_map").put(name, file);
    }
    for (Map.Entry<String, Map<String, FloatTensor>> shard : shards.entrySet()) {
      SafetensorsWriter.write(sharded.resolve(shard.getKey()), shard.getValue(), dtype);
    }
    Files.writeString(sharded.resolve("model.safetensors.index.json"), index.toString());
    assertClose(logits(sharded), new Reference(whole, null).logits(IDS));
    assertThat(logits(sharded)).isEqualTo(logits(whole));
    Files.delete(sharded.resolve("model-00002-of-00003.safetensors"));
    assertThatThrownBy(() -> HfFolder.open(sharded))
        .hasMessageContaining("model-00002-of-00003.safetensors: missing");
  }

  /** Not where a beginning of a text has other positions than the whole. */
  @ParameterizedTest
  @EnumSource(value = TinyArchitecture.class, names = "PHI3_LONG", mode = Mode.EXCLUDE)
  void packedTextsHaveTheLossesTheyHaveAlone(TinyArchitecture architecture) throws Exception {
    Path model = architecture.write(temp.resolve("model"), Dtype.F32);
    try (Decoder decoder = open(model);
        LoraWeights adapter = adapter(decoder)) {
      List<TokenSequence> sequences = sequences();
      float[] together = decoder.score(sequences, adapter).losses();
      for (int n = 0; n < sequences.size(); n++) {
        double sum = 0;
        int[] ids = sequences.get(n).ids();
        for (int target : sequences.get(n).supervised()) {
          double[] logits = decoder.lastLogits(Arrays.copyOf(ids, target), adapter);
          double total = Arrays.stream(logits).map(Math::exp).sum();
          sum += Math.log(total) - logits[ids[target]];
        }
        assertThat((double) together[n])
            .isCloseTo(sum / sequences.get(n).responseTokens(), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TinyArchitecture.class)
  void generationWithItsCacheSaysWhatTheForwardPassFindsLikeliest(TinyArchitecture architecture)
      throws Exception {
    Path model = architecture.write(temp.resolve("model"), Dtype.F32);
    try (Decoder decoder = open(model);
        LoraWeights adapter = adapter(decoder)) {
      List<int[]> prompts = List.of(Arrays.copyOf(IDS, 3), Arrays.copyOf(IDS, 12));
      List<int[]> texts = decoder.generate(prompts, GenerationOptions.greedy(25), adapter);
      for (int n = 0; n < prompts.size(); n++) {
        int[] prompt = prompts.get(n);
        int[] whole = Arrays.copyOf(prompt, prompt.length + texts.get(n).length);
        System.arraycopy(texts.get(n), 0, whole, prompt.length, texts.get(n).length);
        TokenSequence sequence = new TokenSequence(whole, prompt.length);
        assertThat(decoder.score(List.of(sequence), adapter).exactMatches()[0]).isTrue();
      }
    }
  }

  private static Decoder open(Path model) throws IOException {
    return Decoder.open(HfFolder.open(model), OPTIONS);
  }

  private static double[] logits(Path model) throws IOException {
    try (Decoder decoder = open(model)) {
      return decoder.lastLogits(IDS, null);
    }
  }

  /** W + scale·B·A, in the orientation of the folder. */
  private static FloatTensor merged(
      FloatTensor old, LoraWeights adapter, int slot, boolean transposed) {
    float[] a = adapter.tensors().tensors().get(slot).floats();
    float[] b = adapter.tensors().tensors().get(slot + 1).floats();
    int rank = adapter.spec().rank();
    int inputs = a.length / rank;
    int outputs = b.length / rank;
    float[] values = old.values().clone();
    for (int out = 0; out < outputs; out++) {
      for (int in = 0; in < inputs; in++) {
        double sum = 0;
        for (int r = 0; r < rank; r++) {
          sum += (double) b[out * rank + r] * a[r * inputs + in];
        }
        values[transposed ? in * outputs + out : out * inputs + in] +=
            (float) (sum * adapter.spec().scale());
      }
    }
    return new FloatTensor(old.shape(), values);
  }

  private static LoraWeights adapter(Decoder decoder) {
    LoraSpec spec = new LoraSpec(3, 5, decoder.config().linears());
    return TinyModel.adapter(decoder.config(), spec, 4);
  }

  private static List<TokenSequence> sequences() {
    Random random = new Random(9);
    List<TokenSequence> sequences = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      int[] ids = random.ints(2 + random.nextInt(30), 3, 61).toArray();
      sequences.add(new TokenSequence(ids, 1 + random.nextInt(ids.length - 1)));
    }
    return sequences;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
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
