package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.adapter.kind.Spiel;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.growth.Growth;
import io.alluvium.trainer.finetune.restraint.Restraints;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.finetune.step.StepContext;
import io.alluvium.trainer.finetune.step.StepText;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sparse deltas while they are trained. */
class SparseGrowthTest {
  private static final FineTuneConfig CONFIG =
      Configs.of(Configs.adapter("spiel", 1, 1), AnchorConfig.none(), 0.5);

  private static final int LINEAR = 1;

  @TempDir static Path folder;

  private static HfFolder base;
  private static Decoder decoder;

  @BeforeAll
  static void open() throws Exception {
    base = HfFolder.open(TinyModel.write(folder.resolve("base"), TinyModel.MISTRAL, 2));
    decoder = Decoder.open(base, new EngineOptions(1, 90));
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void roundsChangeWhichEntriesAreTrainedAndNeverHowMany() {
    try (FineTuner tuner = new FineTuner(decoder, CONFIG, Anchors.none());
        TrainingState fresh = tuner.begin(Configs.items(12), 5);
        TrainingState first = train(tuner, fresh, 1);
        TrainingState second = train(tuner, first, 2)) {
      List<Linear> linears = CONFIG.lora().linears(decoder.config());
      int moved = 0;
      for (int n = 0; n < linears.size(); n++) {
        List<Integer> before = places(first.adapter(), linears.get(n), n);
        List<Integer> after = places(second.adapter(), linears.get(n), n);
        assertThat(after).hasSize(Spiel.entries(linears.get(n))).doesNotHaveDuplicates().isSorted();
        List<Integer> kept = new ArrayList<>(before);
        kept.retainAll(after);
        moved += before.size() - kept.size();
      }
      assertThat(moved).isPositive();
    }
  }

  /** A twelfth of its entries goes at step 12 of its life; the two steps before it are the sums. */
  @Test
  void theSmallestGoAndTheLargestSummedGradientsComeWithTheirMoments() {
    try (ScriptModule program = program();
        TrainingState state = TrainingState.initial(decoder.config(), CONFIG.lora(), 3);
        Growth growth = new Growth(program, CONFIG, state, 6)) {
      Step step = new Step(program, decoder.weights(), CONFIG, beside(growth.sums()));
      for (int number = 11; number <= 12; number++) {
        step.run(state, Configs.items(5), AnchorBatch.NONE, new StepContext(number, 1e-2));
        growth.took();
      }
      Map<Integer, float[]> before = entries(state);
      float[] sums = growth.sums().get(LINEAR).floats();
      growth.after(12, 2);
      Map<Integer, float[]> after = entries(state);
      assertThat(after.keySet()).isEqualTo(chosen(before, sums, before.size() * 12 / 100));
      assertThat(after.keySet()).isNotEqualTo(before.keySet());
      after.forEach(
          (place, entry) -> {
            double mean = sums[place] / 2;
            double first = mean * (1 - Math.pow(0.9, 12));
            double second = mean * mean * (1 - Math.pow(0.999, 12));
            float[] grown = {0, (float) first, (float) second};
            assertThat(entry).containsExactly(before.getOrDefault(place, grown), within(1e-9f));
          });
      assertThat(growth.sums().get(LINEAR).floats()).containsOnly(0);
    }
  }

  /** What regrowth chooses by: the sums are those of each entry's own gradient, trained or not. */
  @Test
  void gradientsOfAllEntriesAreSummedUpAlsoInParts() {
    LoopConfig parts = new LoopConfig(0, 0, 40, 0, 10, 0.1);
    List<float[]> whole = explored(Configs.of(CONFIG.lora(), AnchorConfig.none(), 1e9));
    List<float[]> passes = explored(Configs.of(CONFIG.lora(), AnchorConfig.none(), 1e9, parts));
    double norm = Math.sqrt(Slope.dot(whole, whole));
    for (int n = 0; n < whole.size(); n++) {
      assertThat(passes.get(n)).containsExactly(whole.get(n), within((float) (1e-5 * norm)));
    }
    double slope = (loss(0, 7, 1e-2f) - loss(0, 7, -1e-2f)) / 2e-2;
    assertThat((double) whole.get(0)[7]).isCloseTo(slope, within(2e-3 * norm));
  }

  /** Deltas far below the resolution of a bf16 weight count, and are published as they count. */
  @Test
  void inBf16WhatIsPublishedIsWhatWasTrained() throws Exception {
    try (Decoder half = Decoder.open(base, new EngineOptions(1, 90, Precision.BF16));
        FineTuner tuner = new FineTuner(half, CONFIG, Anchors.none());
        TrainingState fresh = tuner.begin(Configs.items(12), 5);
        TrainingState trained = train(tuner, fresh, 1)) {
      Path published = Files.createDirectories(folder.resolve("bf16"));
      PeftFolder.write(published, trained.adapter(), "base");
      List<TokenSequence> texts = Configs.items(12).stream().map(TrainingItem::tokens).toList();
      try (LoraWeights reloaded = PeftFolder.read(published, half.config())) {
        assertThat(half.score(texts, reloaded).losses())
            .isEqualTo(half.score(texts, trained.adapter()).losses());
      }
    }
  }

  private static TrainingState train(FineTuner tuner, TrainingState parent, long seed) {
    return ((Trained) tuner.train(parent, Configs.items(12), seed)).candidate();
  }

  private static List<Integer> places(LoraWeights adapter, Linear linear, int n) {
    float[] rows = adapter.tensors().tensors().get(3 * n + 1).floats();
    float[] columns = adapter.tensors().tensors().get(3 * n + 2).floats();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      places.add(((int) rows[i]) * linear.inputs() + (int) columns[i]);
    }
    return places;
  }

  /** Value and moments by place, of one linear. */
  private static Map<Integer, float[]> entries(TrainingState state) {
    Linear linear = CONFIG.lora().linears(decoder.config()).get(LINEAR);
    List<Integer> places = places(state.adapter(), linear, LINEAR);
    float[] values = state.adapter().tensors().tensors().get(3 * LINEAR).floats();
    float[] first = state.firstMoments().tensors().get(LINEAR).floats();
    float[] second = state.secondMoments().tensors().get(LINEAR).floats();
    Map<Integer, float[]> entries = new TreeMap<>();
    for (int n = 0; n < values.length; n++) {
      entries.put(places.get(n), new float[] {values[n], first[n], second[n]});
    }
    return entries;
  }

  /** Slow and obvious. */
  private static Set<Integer> chosen(Map<Integer, float[]> entries, float[] sums, int number) {
    Set<Integer> chosen = new TreeSet<>(entries.keySet());
    entries.keySet().stream()
        .sorted(
            Comparator.comparing(place -> Math.abs(Objects.requireNonNull(entries.get(place))[0])))
        .limit(number)
        .forEach(chosen::remove);
    IntStream.range(0, sums.length)
        .boxed()
        .filter(place -> !chosen.contains(place))
        .sorted(Comparator.comparing(place -> -Math.abs(sums[place])))
        .limit(number)
        .toList()
        .forEach(chosen::add);
    return chosen;
  }

  private static List<float[]> explored(FineTuneConfig config) {
    List<NativeTensor> sums = new ArrayList<>();
    for (Linear linear : CONFIG.lora().linears(decoder.config())) {
      int size = linear.outputs() * linear.inputs();
      sums.add(NativeTensor.of(new float[size], linear.outputs(), linear.inputs()));
    }
    try (ScriptModule program = program();
        TrainingState state = TrainingState.initial(decoder.config(), CONFIG.lora(), 3)) {
      new Step(program, decoder.weights(), config, beside(sums))
          .run(state, Configs.items(5), AnchorBatch.NONE, new StepContext(1, 1e-9));
      return sums.stream().map(NativeTensor::floats).toList();
    } finally {
      sums.forEach(NativeTensor::close);
    }
  }

  /** The loss with one entry of a linear at a value, whether it is among the trained or not. */
  private static double loss(int linear, int place, float value) {
    FineTuneConfig config = Configs.of(CONFIG.lora(), AnchorConfig.none(), 1e9);
    try (ScriptModule program = program();
        TrainingState fresh = TrainingState.initial(decoder.config(), CONFIG.lora(), 3)) {
      List<float[]> values = new ArrayList<>();
      fresh.adapter().tensors().tensors().forEach(tensor -> values.add(tensor.floats()));
      int inputs = CONFIG.lora().linears(decoder.config()).get(linear).inputs();
      values.get(3 * linear)[0] = value;
      values.get(3 * linear + 1)[0] = Math.floorDiv(place, inputs);
      values.get(3 * linear + 2)[0] = Math.floorMod(place, inputs);
      LoraWeights moved = LoraWeights.of(decoder.config(), CONFIG.lora(), values);
      try (TrainingState state = TrainingState.fresh(moved, 1)) {
        return new Step(program, decoder.weights(), config)
            .run(state, Configs.items(5), AnchorBatch.NONE, new StepContext(1, 1e-9))
            .loss();
      }
    }
  }

  private static ScriptModule program() {
    DecoderText text = new DecoderText(decoder.config(), CONFIG.lora().text(decoder.config()));
    return ScriptModule.load(TorchScriptArchive.of(StepText.of(text, Memory.KEEP, 0)));
  }

  private static Step.Beside beside(List<NativeTensor> sums) {
    return new Step.Beside(sums, Restraints.NONE);
  }
}
