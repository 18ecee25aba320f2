package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.Patterns;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.Corda;
import io.alluvium.trainer.adapter.kind.Dora;
import io.alluvium.trainer.adapter.kind.Eva;
import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.begin.FreshAdapter;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds that begin from the base: that they begin where their papers say, and what it is for. */
class BeginningTest {
  private static final int WIDTH = 24;
  private static final int RANK = 4;

  @TempDir static Path folder;

  private static HfFolder base;
  private static Decoder decoder;

  @BeforeAll
  static void open() throws Exception {
    base = HfFolder.open(TinyModel.write(folder, TinyModel.MISTRAL, 2));
    decoder = Decoder.open(base, new EngineOptions(1, 90));
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  /**
   * CorDA takes from W what the kept texts do not use: without it they lose little, other texts
   * much. The kept texts use few tokens, as knowledge of one kind does.
   */
  @Test
  void withoutTheComponentsThatCordaTrainsKeptTextsAreHardlyTouched() {
    List<TokenSequence> kept = texts(3, 8, 1);
    List<TokenSequence> others = texts(20, 60, 2);
    LoraSpec spec = spec(new Corda(), TinyModel.LINEARS);
    try (LoraWeights fresh = FreshAdapter.of(decoder, spec, 1, ids(kept));
        LoraWeights taken = withoutTrained(spec, fresh)) {
      double lostOfKept = moved(kept, taken);
      double lostOfOthers = moved(others, taken);
      assertThat(lostOfOthers).isGreaterThan(0.1);
      assertThat(lostOfKept).isLessThan(lostOfOthers / 10);
    }
  }

  /** The order that the paper reports: the new task is learned as well, and less is moved. */
  @Test
  void cordaMovesKeptTextsLessThanLoraAndLearnsAsMuch() {
    List<TokenSequence> kept = texts(3, 8, 1);
    List<TokenSequence> task = texts(20, 60, 2);
    double[] lora = tuned(new Lora(), kept, task);
    double[] corda = tuned(new Corda(), kept, task);
    assertThat(corda[0]).as("loss of the task").isLessThan(lora[0] + 0.05);
    assertThat(corda[1]).as("movement of kept texts").isLessThan(lora[1]);
  }

  /** The first block's inputs can be computed by hand: normed embeddings of the tokens. */
  @Test
  void evaBeginsWithTheDirectionsInWhichActivationsVaryMost() {
    List<TokenSequence> window = texts(10, 40, 3);
    LoraSpec spec = spec(new Eva(1), List.of("q_proj"));
    try (LoraWeights fresh = FreshAdapter.of(decoder, spec, 1, ids(window))) {
      assertThat(fresh.alive()).isFalse();
      float[] a = fresh.tensors().tensors().get(0).floats();
      List<double[]> inputs = firstInputs(window);
      double captured = 0;
      for (int row = 0; row < RANK; row++) {
        for (int other = 0; other < RANK; other++) {
          double product = 0;
          for (int i = 0; i < WIDTH; i++) {
            product += (double) a[row * WIDTH + i] * a[other * WIDTH + i];
          }
          assertThat(product).isCloseTo(row == other ? 1 : 0, within(1e-5));
        }
        double along = along(inputs, a, row);
        captured += along;
        assertThat(residual(inputs, a, row, along)).isLessThan(1e-4 * along);
      }
      double all = inputs.stream().mapToDouble(x -> dot(x, x)).sum();
      assertThat(captured).isBetween(1.5 * all * RANK / WIDTH, all);
    }
  }

  @Test
  void doraInBf16IsNearlyTheSame() throws Exception {
    List<TokenSequence> texts = texts(3, 60, 4);
    LoraSpec spec = spec(new Dora(), TinyModel.LINEARS);
    try (Decoder half = Decoder.open(base, new EngineOptions(1, 90, Precision.BF16));
        LoraWeights fresh = FreshAdapter.of(half, spec, 1, List.of())) {
      float[] wide = decoder.score(texts, null).losses();
      float[] narrow = half.score(texts, fresh).losses();
      assertThat(narrow).containsExactly(wide, within(0.15f));
    }
  }

  /** Linears of one shape share what was found for the first of them. */
  @Test
  void aTrialLooksAtOneLinearOfEachShape() {
    LoraSpec spec = spec(new Corda(), TinyModel.LINEARS);
    try (LoraWeights trial = FreshAdapter.trial(decoder, spec, ids(texts(3, 60, 5)))) {
      assertThat(trial.alive()).isFalse();
      Map<List<Long>, float[]> first = new HashMap<>();
      for (int n = 0; n < trial.slots().size(); n += 4) {
        float[] a = trial.tensors().tensors().get(n).floats();
        List<Long> shape = List.of(trial.slots().get(n).columns(), trial.slots().get(n + 1).rows());
        assertThat(a).isEqualTo(first.computeIfAbsent(shape, s -> a));
      }
      assertThat(first).hasSize(5);
    }
  }

  @Test
  void whatCannotBeginIsRefused() {
    LoraSpec wide = new LoraSpec(25, 8, List.of("q_proj"), new Corda(), Patterns.NONE);
    assertThatThrownBy(() -> FreshAdapter.of(decoder, wide, 1, ids(texts(3, 8, 1))))
        .hasMessageContaining("rank 25 is more than model.layers.0.self_attn.q_proj has: 24");
    LoraSpec spec = spec(new Eva(1), List.of("q_proj"));
    assertThatThrownBy(() -> FreshAdapter.of(decoder, spec, 1, List.of()))
        .hasMessageContaining("begins from texts; there are none");
    assertThatThrownBy(() -> LoraWeights.initial(decoder.config(), spec, 1))
        .hasMessageContaining("eva adapters begin from the base");
  }

  private static LoraSpec spec(AdapterKind kind, List<String> targets) {
    return new LoraSpec(RANK, 8, targets, kind, Patterns.NONE);
  }

  /** W − s·B₀·A₀ alone: A and B at zero. */
  private static LoraWeights withoutTrained(LoraSpec spec, LoraWeights fresh) {
    List<float[]> values = new ArrayList<>();
    for (int n = 0; n < fresh.slots().size(); n++) {
      float[] own = fresh.tensors().tensors().get(n).floats();
      values.add(fresh.slots().get(n).part().trained() ? new float[own.length] : own);
    }
    return LoraWeights.of(decoder.config(), spec, values);
  }

  /** Loss of the task, and how far kept texts moved, after some epochs without anchors' pull. */
  private static double[] tuned(
      AdapterKind kind, List<TokenSequence> kept, List<TokenSequence> task) {
    AdapterConfig adapter = Configs.adapter(kind.describe(), 1, 1);
    FineTuneConfig config =
        new FineTuneConfig(
            RANK,
            8,
            TinyModel.LINEARS,
            adapter,
            5,
            4,
            5e-3,
            0,
            0.1,
            0,
            1,
            9,
            false,
            LoopConfig.defaults(),
            new AnchorConfig(null, 1, 20, 1, 0),
            Map.of(),
            1);
    List<TrainingItem> items = new ArrayList<>();
    task.forEach(tokens -> items.add(new TrainingItem("i" + items.size(), tokens, 1)));
    try (FineTuner tuner = new FineTuner(decoder, config, Anchors.of(ids(kept)));
        TrainingState fresh = tuner.begin(items, 1);
        TrainingState candidate = ((Trained) tuner.train(fresh, items, 1)).candidate()) {
      return new double[] {
        decoder.score(task, candidate.adapter()).meanLoss(), moved(kept, candidate.adapter())
      };
    }
  }

  /** Mean distance of losses from those under the base. */
  private static double moved(List<TokenSequence> texts, LoraWeights adapter) {
    float[] before = decoder.score(texts, null).losses();
    float[] after = decoder.score(texts, adapter).losses();
    double sum = 0;
    for (int n = 0; n < before.length; n++) {
      sum += Math.abs(after[n] - before[n]) / before.length;
    }
    return sum;
  }

  private static List<TokenSequence> texts(int from, int to, long seed) {
    Random random = new Random(seed);
    List<TokenSequence> texts = new ArrayList<>();
    for (int n = 0; n < 16; n++) {
      texts.add(new TokenSequence(random.ints(24, from, to).toArray(), 1));
    }
    return texts;
  }

  private static List<int[]> ids(List<TokenSequence> texts) {
    return texts.stream().map(TokenSequence::ids).toList();
  }

  private static List<double[]> firstInputs(List<TokenSequence> texts) {
    Map<String, FloatTensor> weights = TinyModel.weights(TinyModel.MISTRAL, 2);
    float[] embedding = Objects.requireNonNull(weights.get("model.embed_tokens.weight")).values();
    float[] gain =
        Objects.requireNonNull(weights.get("model.layers.0.input_layernorm.weight")).values();
    List<double[]> inputs = new ArrayList<>();
    for (TokenSequence text : texts) {
      for (int id : text.ids()) {
        double[] x = new double[WIDTH];
        double square = 0;
        for (int i = 0; i < WIDTH; i++) {
          square += Math.pow(embedding[id * WIDTH + i], 2) / WIDTH;
        }
        for (int i = 0; i < WIDTH; i++) {
          x[i] = embedding[id * WIDTH + i] / Math.sqrt(square + 1e-5) * gain[i];
        }
        inputs.add(x);
      }
    }
    return inputs;
  }

  /** What the inputs have along a row, squared and summed. */
  private static double along(List<double[]> inputs, float[] a, int row) {
    return inputs.stream().mapToDouble(x -> Math.pow(dot(x, row(a, row)), 2)).sum();
  }

  /** How far Σ x·xᵀ·a is from being a multiple of a. */
  private static double residual(List<double[]> inputs, float[] a, int row, double eigenvalue) {
    double[] direction = row(a, row);
    double[] image = new double[WIDTH];
    for (double[] x : inputs) {
      double along = dot(x, direction);
      for (int i = 0; i < WIDTH; i++) {
        image[i] += along * x[i];
      }
    }
    for (int i = 0; i < WIDTH; i++) {
      image[i] -= eigenvalue * direction[i];
    }
    return Math.sqrt(dot(image, image));
  }

  private static double[] row(float[] a, int row) {
    double[] values = new double[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      values[i] = a[row * WIDTH + i];
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
