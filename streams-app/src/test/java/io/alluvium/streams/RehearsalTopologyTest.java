package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Policy;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.rehearse.Cue;
import io.alluvium.streams.rehearse.Fates;
import io.alluvium.streams.rehearse.Rehearsal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTopologyTest {
  private static final StreamsAppConfig CONFIG = StreamsAppConfig.byDefault();

  @TempDir private Path folder;

  @Test
  void itTellsWhatBecameOfEachRecordUnderAPolicyThatIsNotYetInForce() {
    Policy later =
        Rig.policy("*", 1, Instant.now().plusSeconds(1000), "admit: {maxCharacters: 20}");
    assertThat(kinds(List.of(later), "An answer that is long enough"))
        .containsExactly("examples.rejected TOO_LONG");
    assertThat(kinds(List.of(), "An answer that is long enough"))
        .containsExactly("examples.accepted");
  }

  @Test
  void aScoredRecordIsFollowedToTraining() {
    TrainingExample example = Rig.example("1", "One").build();
    Cue cue =
        new Cue("examples.scored", "support", Rig.START, Rig.scored(example, /* loss= */ 2.0));
    try (Rehearsal rehearsal = new Rehearsal(CONFIG, List.of(), folder)) {
      Fates.Written written = rehearsal.play(cue).written().get(0);
      assertThat(written.kind()).isEqualTo("training");
      assertThat(written.content()).contains("\"weight\":0.36787").doesNotContain("weighedAt");
    }
  }

  private List<String> kinds(List<Policy> policies, String completion) {
    TrainingExample example = Rig.example("1", completion).build();
    try (Rehearsal rehearsal = new Rehearsal(CONFIG, policies, folder)) {
      return rehearsal.play(new Cue("examples", "support", Rig.START, example)).written().stream()
          .map(Fates.Written::kind)
          .toList();
    }
  }
}
