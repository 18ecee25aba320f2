package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.Patterns;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.Reference;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.Regrowth;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of adapter has to do: learn, publish, go on, and have the right gradient. */
class AdapterKindTest {
  private static final AnchorConfig ANCHORS = new AnchorConfig(null, 5, 20, 3, 0.7);
  private static final List<String> FILES =
      List.of(
          "adapter_model.safetensors",
          "adapter_config.json",
          "training_state.safetensors",
          "training_state.json");

  private static final Map<FineTuneConfig, FineTuner> TUNERS = new HashMap<>();

  @TempDir static Path temp;

  private static Decoder decoder;

  static Stream<Arguments> adapters() {
    Map<String, Integer> ranks =
        Map.of("model.layers.0.self_attn.q_proj", 2, "model.layers.1.mlp.down_proj", 6);
    Map<String, Double> alphas = Map.of("model.layers.1.mlp.down_proj", 3.0);
    return Stream.of(
        Arguments.of("rslora", adapter("rslora")),
        Arguments.of("b-only", adapter("b-only")),
        Arguments.of("dora", adapter("dora")),
        Arguments.of("corda", adapter("corda")),
        Arguments.of("eva", adapter("eva")),
        Arguments.of("eva elsewhere", redistributed()),
        Arguments.of("randlora", adapter("randlora")),
        Arguments.of("spiel", adapter("spiel")),
        Arguments.of("ranks", patterns("lora", ranks, alphas, List.of(), null)),
        Arguments.of("dora in parts", patterns("dora", ranks, alphas, List.of(), null)),
        Arguments.of(
            "spiel in parts", patterns("spiel", Map.of("down_proj", 6), alphas, List.of(1), null)),
        Arguments.of("layers", patterns("corda", Map.of(), Map.of(), List.of(1), null)),
        Arguments.of(
            "modules",
            patterns("randlora", Map.of(), Map.of(), List.of(), ".*layers\\.0\\..*(q|gate)_proj")));
  }

  @Test
  void everyKindIsAmongThem() {
    List<Class<?>> kinds =
        adapters()
            .map(arguments -> Configs.of((AdapterConfig) arguments.get()[1], ANCHORS, 0.5))
            .<Class<?>>map(config -> config.lora().kind().getClass())
            .distinct()
            .toList();
    assertThat(kinds).containsExactlyInAnyOrder(AdapterKind.class.getPermittedSubclasses());
  }

  @BeforeAll
  static void open() throws Exception {
    HfFolder folder = HfFolder.open(TinyModel.write(temp.resolve("base"), TinyModel.MISTRAL, 2));
    decoder = Decoder.open(folder, new EngineOptions(1, 90));
  }

  @AfterAll
  static void close() {
    TUNERS.values().forEach(FineTuner::close);
    TUNERS.clear();
    decoder.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("adapters")
  void whatIsTrainedIsWhatIsPublished(String name, AdapterConfig adapter) throws Exception {
    FineTuneConfig config = Configs.of(adapter, ANCHORS, 0.5);
    FineTuner tuner = tuner(config);
    try (TrainingState parent = tuner.begin(Configs.items(12), 5)) {
      assertThat(parent.adapter().alive()).isFalse();
      assertThat(losses(parent.adapter())).containsExactly(losses(null), within(2e-5f));
      try (TrainingState candidate = train(tuner, parent, 1)) {
        assertThat(candidate.adapter().alive()).isTrue();
        assertThat(mean(losses(candidate.adapter()))).isLessThan(mean(losses(null)) - 0.01);
        Path folder = write(candidate, name);
        try (LoraWeights published = PeftFolder.read(folder, decoder.config())) {
          LoraSpec shape = config.lora().published(decoder.config());
          assertThat(published.spec().rank()).isEqualTo(shape.rank());
          assertThat(published.spec().alpha()).isEqualTo(shape.alpha());
          assertThat(published.spec().equals(shape)).isEqualTo(adapter.rho() == 1);
          assertThat(losses(published)).containsExactly(losses(candidate.adapter()), within(1e-5f));
        }
        assertThat(new Reference(temp.resolve("base"), folder).losses(sequences()))
            .containsExactly(doubles(losses(candidate.adapter())), within(2e-4));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("adapters")
  void goingOnFromFilesEqualsNeverHavingStopped(String name, AdapterConfig adapter)
      throws Exception {
    FineTuneConfig config = Configs.of(adapter, ANCHORS, 0.5);
    Path straight;
    FineTuner tuner = tuner(config);
    try (TrainingState parent = tuner.begin(Configs.items(12), 5);
        TrainingState first = train(tuner, parent, 1);
        TrainingState second = train(tuner, first, 2)) {
      write(first, name + "-first");
      straight = write(second, name + "-straight");
    }
    FineTuner restarted = tuner(config);
    try (TrainingState read =
            TrainingState.read(temp.resolve(name + "-first"), decoder.config(), config.lora());
        TrainingState second = train(restarted, read, 2)) {
      Path stopped = write(second, name + "-stopped");
      for (String file : FILES) {
        assertThat(stopped.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("adapters")
  void theGradientIsThatOfTheLoss(String name, AdapterConfig adapter) {
    FineTuneConfig config = Configs.of(adapter, ANCHORS, 1e9);
    try (Slope slope = new Slope(decoder, config, tuner(config).begin(Configs.items(12), 5))) {
      List<float[]> gradient = slope.gradient();
      double norm = Math.sqrt(Slope.dot(gradient, gradient));
      assertThat(norm).as(name).isGreaterThan(1e-3);
      for (int direction = 0; direction < 3; direction++) {
        List<float[]> along = direction == 0 ? gradient : Slope.random(gradient, direction);
        double length = Math.sqrt(Slope.dot(along, along));
        assertThat(slope.along(along, 1e-2 / length) / length)
            .as("direction %d of a gradient of %g", direction, norm)
            .isCloseTo(Slope.dot(gradient, along) / length, within(2e-3 * norm));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("adapters")
  void onlyWhatIsTrainedChangesAndHasMoments(String name, AdapterConfig adapter) {
    FineTuneConfig config = Configs.of(adapter, ANCHORS, 0.5);
    FineTuner tuner = tuner(config);
    try (TrainingState parent = tuner.begin(Configs.items(12), 5);
        TrainingState candidate = train(tuner, parent, 1)) {
      LoraWeights before = parent.adapter();
      LoraWeights after = candidate.adapter();
      for (int i = 0; i < before.slots().size(); i++) {
        boolean same =
            Arrays.equals(
                before.tensors().tensors().get(i).floats(),
                after.tensors().tensors().get(i).floats());
        assertThat(same)
            .as("%s %s", name, before.slots().get(i))
            .isNotEqualTo(changes(before.slots().get(i).part()));
      }
      assertThat(candidate.firstMoments().size()).isEqualTo(after.trained().size());
    }
  }

  private static AdapterConfig redistributed() {
    return new AdapterConfig(
        "eva",
        3,
        1,
        2.5,
        Regrowth.defaults(),
        Map.of("down_proj", 3),
        Map.of("down_proj", 9.0),
        List.of(),
        null,
        List.of());
  }

  private static boolean changes(Part part) {
    return part.elements() > 0 && part.use() != Part.Use.FIXED;
  }

  private static AdapterConfig adapter(String kind) {
    return patterns(kind, Map.of(), Map.of(), List.of(), null);
  }

  private static AdapterConfig patterns(
      String kind,
      Map<String, Integer> ranks,
      Map<String, Double> alphas,
      List<Integer> layers,
      @Nullable String modules) {
    List<Integer> some = layers.isEmpty() ? null : layers;
    return Configs.adapter(kind, 3, 3, new Patterns(ranks, alphas, some, modules, List.of()));
  }

  private static FineTuner tuner(FineTuneConfig config) {
    return TUNERS.computeIfAbsent(
        config, c -> new FineTuner(decoder, c, Anchors.of(Configs.anchors(7))));
  }

  private static TrainingState train(FineTuner tuner, TrainingState parent, long seed) {
    return ((Trained) tuner.train(parent, Configs.items(12), seed)).candidate();
  }

  private static Path write(TrainingState state, String name) throws Exception {
    Path folder = Files.createDirectories(temp.resolve(name));
    PeftFolder.write(folder, state.adapter(), "base");
    state.write(folder);
    return folder;
  }

  private static List<TokenSequence> sequences() {
    return Configs.items(12).stream().map(TrainingItem::tokens).toList();
  }

  private static float[] losses(@Nullable LoraWeights adapter) {
    return decoder.score(sequences(), adapter).losses();
  }

  private static double mean(float[] losses) {
    return IntStream.range(0, losses.length).mapToDouble(i -> losses[i]).average().orElseThrow();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
