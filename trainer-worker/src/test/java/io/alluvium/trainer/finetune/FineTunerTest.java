package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.AnchorMaker;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTunerTest {
  private static final LoraSpec SPEC = new LoraSpec(4, 8, List.of("q_proj", "v_proj", "up_proj"));
  private static final FineTuneConfig CONFIG =
      Configs.of(SPEC, new AnchorConfig(null, 5, 20, 3, 1.0));
  private static final List<String> FILES =
      List.of(
          "adapter_model.safetensors",
          "adapter_config.json",
          "training_state.safetensors",
          "training_state.json");

  @TempDir static Path temp;

  private static Decoder decoder;
  private static String digest;

  @BeforeAll
  static void open() throws Exception {
    HfFolder folder = HfFolder.open(TinyModel.write(temp.resolve("base"), TinyModel.MISTRAL, 2));
    decoder = Decoder.open(folder, new EngineOptions(1, 90));
    digest = folder.digest();
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  /** The budget sets the factor while training goes on, not the coefficient alone. */
  @Test
  void aTightBudgetHoldsTheAdapterCloserThanAWideOne() throws IOException {
    assertThat(meanKl(1e-9)).isLessThan(meanKl(10));
  }

  private double meanKl(double budget) throws IOException {
    FineTuneConfig held = CONFIG.withAnchors(CONFIG.anchors().holding(1, budget));
    try (FineTuner tuner = new FineTuner(decoder, held, Anchors.of(Configs.anchors(7)));
        TrainingState parent = parent()) {
      Trained trained = train(tuner, parent, 1);
      trained.candidate().close();
      return trained.meanKl();
    }
  }

  /** What has learned is held to itself, and what has not learned yet has no past. */
  @Test
  void theChampionsOwnTextsHoldOnlyWhatHasLearned() throws IOException {
    FineTuneConfig plain = CONFIG.withAnchors(new AnchorConfig(null, 0, 20, 3, 5.0));
    FineTuneConfig held = plain.withAnchors(plain.anchors().choosing(8, 0, 0));
    try (FineTuner free = new FineTuner(decoder, plain, Anchors.none());
        FineTuner holding = new FineTuner(decoder, held, Anchors.none());
        TrainingState fresh = parent()) {
      Trained first = train(holding, fresh, 1);
      Trained without = train(free, fresh, 1);
      try (TrainingState learned = first.candidate();
          TrainingState same = without.candidate()) {
        assertThat(first.meanKl()).isZero();
        assertSame(write(learned, "held-first"), write(same, "free-first"));
        Trained second = train(holding, learned, 2);
        try (TrainingState kept = second.candidate();
            TrainingState gone = train(free, learned, 2).candidate()) {
          assertThat(second.meanKl()).isPositive();
          assertThat(Files.mismatch(adapter(kept, "kept"), adapter(gone, "gone"))).isNotEqualTo(-1);
        }
      }
    }
  }

  @Test
  void freshAnchorsAreOthersInEachRoundAndTheSameForItsSeed() throws IOException {
    FineTuneConfig fresh = CONFIG.withAnchors(CONFIG.anchors().choosing(0, 6, 0));
    try (FineTuner tuner = new FineTuner(decoder, fresh, Anchors.none());
        TrainingState parent = parent()) {
      Trained once = train(tuner, parent, 1);
      Trained again = train(tuner, parent, 1);
      Trained other = train(tuner, parent, 2);
      try (TrainingState a = once.candidate();
          TrainingState b = again.candidate();
          TrainingState c = other.candidate()) {
        assertThat(once.meanKl()).isPositive().isEqualTo(again.meanKl());
        assertThat(other.meanKl()).isNotEqualTo(once.meanKl());
        assertSame(write(a, "fresh-a"), write(b, "fresh-b"));
        assertThat(Files.mismatch(adapter(a, "fresh-a"), adapter(c, "fresh-c"))).isNotEqualTo(-1);
      }
    }
  }

  @Test
  void drawingHardAnchorsIsAnotherRoundAndTheSameEachTime() throws IOException {
    FineTuneConfig hard = CONFIG.withAnchors(CONFIG.anchors().choosing(0, 0, 0.5));
    try (FineTuner inTurn = tuner();
        FineTuner drawing = new FineTuner(decoder, hard, Anchors.of(Configs.anchors(7)));
        TrainingState parent = parent()) {
      Trained even = train(inTurn, parent, 1);
      Trained drawn = train(drawing, parent, 1);
      Trained again = train(drawing, parent, 1);
      try (TrainingState a = even.candidate();
          TrainingState b = drawn.candidate();
          TrainingState c = again.candidate()) {
        assertThat(Files.mismatch(adapter(a, "even"), adapter(b, "drawn"))).isNotEqualTo(-1);
        assertSame(temp.resolve("drawn"), write(c, "drawn-again"));
      }
    }
  }

  private static Path adapter(TrainingState state, String name) throws IOException {
    return write(state, name).resolve(FILES.get(0));
  }

  @Test
  void trainingLowersTheLossAndLeavesTheParentAlone() throws IOException {
    List<TrainingItem> items = Configs.items(12);
    List<TokenSequence> sequences = items.stream().map(TrainingItem::tokens).toList();
    try (FineTuner tuner = tuner();
        TrainingState parent = parent()) {
      Path before = write(parent, "parent-before");
      Trained trained = train(tuner, parent, 1);
      try (TrainingState candidate = trained.candidate()) {
        assertThat(decoder.score(sequences, candidate.adapter()).meanLoss())
            .isLessThan(decoder.score(sequences, parent.adapter()).meanLoss());
        assertThat(candidate.adapter().alive()).isTrue();
        assertThat(candidate.step()).isEqualTo(6);
        assertThat(trained.steps()).isEqualTo(6);
        assertThat(trained.meanKl()).isPositive();
        assertThat(trained.firstLosses()).hasSize(12);
        assertThat(asTheParent(items, trained.firstLosses(), parent))
            .as("the first batch of four is as before, later ones have learned from it")
            .isEqualTo(4);
        int tokens = sequences.stream().mapToInt(TokenSequence::length).sum();
        assertThat(trained.tokens()).isEqualTo(2L * tokens);
      }
      assertSame(before, write(parent, "parent-after"));
    }
  }

  @Test
  void equalInputsGiveEqualBytesAndAnotherSeedDoesNot() throws IOException {
    try (FineTuner first = tuner();
        FineTuner second = tuner();
        TrainingState parent = parent();
        TrainingState a = train(first, parent, 1).candidate();
        TrainingState b = train(second, parent, 1).candidate();
        TrainingState c = train(second, parent, 2).candidate()) {
      assertSame(write(a, "a"), write(b, "b"));
      assertThat(
              Files.mismatch(
                  write(a, "a").resolve(FILES.get(0)), write(c, "c").resolve(FILES.get(0))))
          .isNotEqualTo(-1);
    }
  }

  @Test
  void goingOnFromFilesEqualsNeverHavingStopped() throws IOException {
    Path straight;
    Path stopped;
    try (FineTuner tuner = tuner();
        TrainingState parent = parent();
        TrainingState first = train(tuner, parent, 1).candidate();
        TrainingState second = train(tuner, first, 2).candidate()) {
      write(first, "first");
      straight = write(second, "straight");
    }
    try (FineTuner restarted = tuner();
        TrainingState read = TrainingState.read(temp.resolve("first"), decoder.config(), SPEC);
        TrainingState second = train(restarted, read, 2).candidate()) {
      assertThat(read.step()).isEqualTo(6);
      stopped = write(second, "stopped");
    }
    assertSame(straight, stopped);
  }

  @Test
  void dropoutIsTheSameForEqualSeedsAndOnlyThen() throws IOException {
    FineTuneConfig dropping = with(new LoopConfig(0, 0, 0, 0.3, 10, 0.1));
    try (FineTuner first = new FineTuner(decoder, dropping, Anchors.none());
        FineTuner second = new FineTuner(decoder, dropping, Anchors.none());
        TrainingState parent = parent();
        TrainingState a = train(first, parent, 1).candidate();
        TrainingState b = train(second, parent, 1).candidate();
        TrainingState ab = train(first, a, 2).candidate();
        TrainingState read = TrainingState.read(write(b, "dropped-b"), decoder.config(), SPEC);
        TrainingState bb = train(second, read, 2).candidate()) {
      assertSame(write(a, "dropped-a"), temp.resolve("dropped-b"));
      assertSame(write(ab, "dropped-ab"), write(bb, "dropped-bb"));
    }
  }

  @Test
  void aRoundThatNobodyWantsEndsBeforeItsNextStep() {
    AtomicInteger asked = new AtomicInteger();
    try (FineTuner tuner = tuner();
        TrainingState parent = parent()) {
      FineTuneResult result =
          tuner.train(parent, Configs.items(12), 1, () -> asked.incrementAndGet() == 3);
      assertThat(result).isInstanceOf(FineTuneResult.Cancelled.class);
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void anotherShapeOfParentIsRefused() {
    LoraSpec other = new LoraSpec(2, 8, SPEC.targets());
    try (FineTuner tuner = tuner();
        TrainingState parent = TrainingState.initial(decoder.config(), other, 1)) {
      assertThatThrownBy(() -> tuner.train(parent, Configs.items(2), 1))
          .hasMessageContaining("parent adapter is LoraSpec[rank=2");
    }
  }

  @Test
  void anchorsAreGeneratedOnceAndReadEverAfter() throws IOException {
    Path work = temp.resolve("work");
    Anchors generated = new AnchorMaker(decoder, CONFIG).once(digest, work);
    try (var files = Files.list(work)) {
      assertThat(files).singleElement().asString().contains(digest.substring(0, 16));
    }
    Anchors read = new AnchorMaker(decoder, CONFIG).once(digest, work);
    assertThat(generated.size()).isEqualTo(5);
    for (int n = 0; n < 5; n++) {
      assertThat(read.ids(n))
          .isEqualTo(generated.ids(n))
          .startsWith(1)
          .hasSizeLessThanOrEqualTo(20);
    }
  }

  @Test
  void aStateWithoutMomentsIsNamed() throws IOException {
    try (TrainingState state = parent()) {
      Path folder = write(state, "torn");
      Files.delete(folder.resolve("training_state.safetensors"));
      assertThatThrownBy(() -> TrainingState.read(folder, decoder.config(), SPEC))
          .hasMessageContaining("training_state.safetensors: missing");
    }
  }

  private static FineTuner tuner() {
    return new FineTuner(decoder, CONFIG, Anchors.of(Configs.anchors(7)));
  }

  private static FineTuneConfig with(LoopConfig loop) {
    return Configs.of(SPEC, AnchorConfig.none(), 0.5, loop);
  }

  private static TrainingState parent() {
    return TrainingState.initial(decoder.config(), SPEC, 5);
  }

  private static Trained train(FineTuner tuner, TrainingState parent, long seed) {
    return (Trained) tuner.train(parent, Configs.items(12), seed);
  }

  private static Path write(TrainingState state, String name) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    PeftFolder.write(folder, state.adapter(), "base");
    state.write(folder);
    return folder;
  }

  private static long asTheParent(
      List<TrainingItem> items, Map<String, Double> losses, TrainingState parent) {
    List<TokenSequence> sequences = items.stream().map(TrainingItem::tokens).toList();
    float[] before = decoder.score(sequences, parent.adapter()).losses();
    return IntStream.range(0, items.size())
        .filter(
            n ->
                Math.abs(Objects.requireNonNull(losses.get(items.get(n).id())) - before[n])
                    < 1e-6 * before[n])
        .count();
  }

  private static void assertSame(Path first, Path second) {
    for (String name : FILES) {
      assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
    }
  }
}
