package io.alluvium.streams.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Policy;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.config.StreamsAppConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTopologyTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final StreamsAppConfig CONFIG = StreamsAppConfig.byDefault();

  @TempDir private Path folder;

  @Test
  void itTellsWhatBecameOfEachRecordUnderAPolicyThatIsNotYetInForce() {
    Policy later = policy(Instant.now().plusSeconds(1000), "admit: {maxCharacters: 20}");
    assertThat(kinds(List.of(later), "An answer that is long enough"))
        .containsExactly("examples.rejected TOO_LONG");
    assertThat(kinds(List.of(), "An answer that is long enough"))
        .containsExactly("examples.accepted");
  }

  @Test
  void aScoredRecordIsFollowedToTraining() {
    TrainingExample example = example("One");
    RehearsalInput input =
        new RehearsalInput("examples.scored", "support", START, scored(example, /* loss= */ 2.0));
    try (Rehearsal rehearsal = new Rehearsal(CONFIG, List.of(), folder)) {
      RehearsalResult.Written written = rehearsal.play(input).written().get(0);
      assertThat(written.kind()).isEqualTo("training");
      assertThat(written.content()).contains("\"weight\":0.36787").doesNotContain("weighedAt");
    }
  }

  private List<String> kinds(List<Policy> policies, String completion) {
    TrainingExample example = example(completion);
    try (Rehearsal rehearsal = new Rehearsal(CONFIG, policies, folder)) {
      return rehearsal
          .play(new RehearsalInput("examples", "support", START, example))
          .written()
          .stream()
          .map(RehearsalResult.Written::kind)
          .toList();
    }
  }

  private static Policy policy(Instant from, String document) {
    return Policy.newBuilder()
        .setAdapter("*")
        .setVersion(1)
        .setEffectiveFrom(from)
        .setCreatedAt(from.minusSeconds(10))
        .setAuthor("test")
        .setDocument(document)
        .build();
  }

  private static TrainingExample example(String completion) {
    return TrainingExample.newBuilder()
        .setId("1")
        .setAdapter("support")
        .setPrompt("What now?")
        .setCompletion(completion)
        .setEventTime(START)
        .build();
  }

  private static ScoredExample scored(TrainingExample example, double loss) {
    return ScoredExample.newBuilder()
        .setExample(example)
        .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
        .setBaseDigest("b0")
        .setPromptTokens(3)
        .setResponseTokens(2)
        .setBaseLoss(loss)
        .setScorerVersion("test")
        .setScoredAt(START)
        .build();
  }
}
