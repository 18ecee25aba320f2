package io.alluvium.trainer.gate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.device.EngineRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts what the model is asked for. */
class EvaluatorTest {
  private static final LoraSpec SPEC = new LoraSpec(2, 4, List.of("q_proj"));

  static {
    EngineRuntime.start(1);
  }

  private final LoraWeights champion = TinyModel.adapter(TinyModel.MISTRAL, SPEC, 1);
  private final LoraWeights candidate = TinyModel.adapter(TinyModel.MISTRAL, SPEC, 2);
  private final List<RetentionSuite> suites =
      List.of(
          new RetentionSuite("sums", List.of(tokens(3), tokens(4))),
          new RetentionSuite("names", List.of(tokens(5))));
  private final List<@Nullable LoraWeights> asked = new ArrayList<>();
  private final List<TokenSequence> sequences = new ArrayList<>();
  private final Evaluator evaluator = new Evaluator(this::score, DataType.FP32, suites);

  @AfterEach
  void close() {
    champion.close();
    candidate.close();
  }

  @Test
  void aChampionIsMeasuredOnASuiteOnceForAllRoundsAgainstIt() {
    asked.clear();
    var first = evaluator.retention(champion, "digest-1", candidate);
    var second = evaluator.retention(champion, "digest-1", candidate);
    assertThat(second).isEqualTo(first).isEqualTo(evaluator.retention(champion, candidate));
    asked.subList(asked.size() - 2 * suites.size(), asked.size()).clear();
    assertThat(asked).filteredOn(adapter -> adapter == champion).hasSize(suites.size());
    assertThat(asked).filteredOn(adapter -> adapter == candidate).hasSize(2 * suites.size());
  }

  @Test
  void anotherChampionIsMeasuredAnewAndTheBaseNeverAgain() {
    assertThat(asked).as("the base at the start").hasSize(suites.size()).containsOnlyNulls();
    asked.clear();
    evaluator.retention(null, "base", candidate);
    evaluator.retention(champion, "digest-1", candidate);
    evaluator.retention(candidate, "digest-2", candidate);
    assertThat(asked).doesNotContainNull().hasSize(5 * suites.size());
  }

  @Test
  void aReleasedCandidateIsNotMeasuredAgainAsChampion() {
    evaluator.released("digest-3", evaluator.retention(champion, "digest-1", candidate));
    asked.clear();
    var next =
        evaluator.retention(/* champion= */ candidate, "digest-3", /* candidate= */ champion);
    assertThat(asked).hasSize(suites.size()).containsOnly(champion);
    assertThat(next)
        .isEqualTo(evaluator.retention(/* champion= */ candidate, /* candidate= */ champion));
  }

  @Test
  void aSuiteMeasuredInAnotherTypeIsAnotherSuite() {
    RetentionSuite sums = suites.get(0);
    assertThat(sums.name(DataType.BF16)).isNotEqualTo(sums.name(DataType.FP32));
    assertThat(sums.name(DataType.FP32))
        .isEqualTo(new RetentionSuite("sums", sums.items()).name(DataType.FP32))
        .isNotEqualTo(new RetentionSuite("names", sums.items()).name(DataType.FP32));
  }

  @Test
  void aHeldOutExampleIsMeasuredOncePerChampion() {
    sequences.clear();
    assertThat(evaluator.losses(items(3, 4, 5), champion, "digest-1")).containsExactly(3., 4., 5.);
    assertThat(evaluator.losses(items(5, 6, 3), champion, "digest-1")).containsExactly(5., 6., 3.);
    assertThat(sequences).containsExactly(tokens(3), tokens(4), tokens(5), tokens(6));
    evaluator.losses(items(3), champion, "digest-2");
    assertThat(sequences).hasSize(5);
  }

  @Test
  void theSameExampleTwiceHasTheSameLossTwice() {
    assertThat(evaluator.losses(items(3, 3), champion, "digest-1")).containsExactly(3., 3.);
    assertThat(evaluator.losses(List.of(), champion, "digest-1")).isEmpty();
  }

  private Scores score(List<TokenSequence> measured, @Nullable LoraWeights adapter) {
    asked.add(adapter);
    sequences.addAll(measured);
    float[] losses = new float[measured.size()];
    IntStream.range(0, losses.length).forEach(n -> losses[n] = measured.get(n).length());
    return new Scores(losses, new boolean[losses.length], List.of());
  }

  private static List<TrainingItem> items(int... lengths) {
    return IntStream.of(lengths)
        .mapToObj(length -> new TrainingItem("id-" + length, tokens(length), 1))
        .toList();
  }

  private static TokenSequence tokens(int length) {
    return new TokenSequence(new int[length], 1);
  }
}
