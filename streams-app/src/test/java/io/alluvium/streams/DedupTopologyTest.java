package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DedupTopologyTest {
  private static final Duration WINDOW = Duration.ofHours(1);

  private Rig rig;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig = new Rig(folder, "dedup: {window: PT1H}");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theSameIdIsRejectedAndTheFirstNamed() {
    rig.produce(Rig.example("0", "Zero.").build());
    rig.produce(Rig.example("1", "One.").build());
    rig.produce(Rig.example("1", "Other text.").build());
    assertThat(rig.accepted()).hasSize(2);
    Rejection rejection = rig.rejected().get(0);
    assertThat(rejection.getStage()).isEqualTo("dedup");
    assertThat(rejection.getReason()).isEqualTo("DUPLICATE_ID");
    assertThat(rejection.getDetail()).isEqualTo("id 1 first seen at examples-0 offset 1");
    assertThat(rejection.getExampleId()).isEqualTo("1");
    assertThat(rejection.getOrigin().getOffset()).isEqualTo(2);
  }

  @Test
  void theSameTextUnderAnotherIdIsRejectedWhateverItsCaseAndSpaces() {
    rig.produce(Rig.example("1", "Turn the KEY twice").build());
    rig.produce(Rig.example("2", " turn  the\tkey\u00a0twice\n").build());
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("1");
    Rejection rejection = rig.rejected().get(0);
    assertThat(rejection.getReason()).isEqualTo("DUPLICATE_TEXT");
    assertThat(rejection.getDetail()).isEqualTo("text first seen at examples-0 offset 0");
  }

  @Test
  void anotherAdapterMayHaveTheSameIdAndText() {
    rig.produce(Rig.example("1", "Restart it.").build());
    rig.produce(Rig.example("1", "Restart it.").setAdapter("sales").build());
    assertThat(rig.accepted()).hasSize(2);
  }

  @Test
  void whatAdmissionRefusedMayBeSentAgainCorrected() {
    rig.produce(Rig.example("1", " ").build());
    rig.produce(Rig.example("1", "Restart it.").build());
    assertThat(rig.accepted()).hasSize(1);
    assertThat(rig.rejected()).extracting(Rejection::getReason).containsExactly("EMPTY_RESPONSE");
  }

  @Test
  void afterTheWindowTheSameIdIsNewAgain() {
    produceAt("1", Rig.START.minus(WINDOW));
    produceAt("1", Rig.START.minusMillis(1));
    assertThat(rig.rejected()).hasSize(1);
    produceAt("1", Rig.START);
    assertThat(rig.rejected()).isEmpty();
    assertThat(rig.accepted()).hasSize(2);
  }

  @Test
  void duplicatesAmongLateRecordsAreFoundToo() {
    produceAt("now", Rig.START);
    Instant longAgo = Rig.START.minus(Duration.ofDays(400));
    produceAt("late", longAgo);
    produceAt("late", longAgo);
    assertThat(rig.accepted()).hasSize(2);
    assertThat(rig.rejected()).extracting(Rejection::getReason).containsExactly("DUPLICATE_ID");
  }

  @Test
  void aProducerWhoseClockIsYearsAheadDoesNotEndTheWindow() {
    produceAt("1", Rig.START);
    produceAt("ahead", Rig.START.plus(Duration.ofDays(4000)));
    produceAt("1", Rig.START);
    assertThat(rig.accepted()).hasSize(1);
    assertThat(rig.rejected())
        .extracting(Rejection::getReason)
        .containsExactly("RECORD_TIME_AHEAD", "DUPLICATE_ID");
  }

  @Test
  void aRestartForgetsNothing() throws IOException {
    rig.produce(Rig.example("1", "One.").build());
    rig = rig.restarted();
    rig.produce(Rig.example("1", "Two.").build());
    rig.produce(Rig.example("2", "one.").build());
    assertThat(rig.rejected())
        .extracting(Rejection::getReason)
        .containsExactly("DUPLICATE_ID", "DUPLICATE_TEXT");
  }

  @Test
  void nearlyTheSameTextIsRejectedAlsoAfterARestart() throws IOException {
    String text = "take the sheet out of the tray, turn it once, put it back and close the door";
    rig.produce(Rig.example("1", text + " with care, then wait for the green light").build());
    rig = rig.restarted();
    rig.produce(Rig.example("2", text + " with care, then wait for the green lamp").build());
    rig.produce(Rig.example("3", text + " and call us").setAdapter("sales").build());
    assertThat(rig.rejected())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.getReason()).isEqualTo("DUPLICATE_NEAR");
              assertThat(rejection.getDetail()).endsWith(" of what examples-0 offset 0 says");
            });
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("3");
  }

  @Test
  void aCorrectedAnswerToTheSamePromptIsNoDuplicate() {
    rig.produce(Rig.example("1", "Press A.").build());
    rig.produce(Rig.example("2", "Press B.").build());
    assertThat(rig.rejected()).isEqualTo(List.of());
  }

  private void produceAt(String id, Instant recordTime) {
    rig.produceAt(Rig.example(id, "Answer " + id + recordTime).build(), recordTime);
  }

  /** Within the hour by which clocks may differ, so the time itself is believed. */
  @Test
  void aRecordThatCannotBeReadMovesNoClockAndMakesNothingForgotten(@TempDir Path other) {
    try (Rig brief = new Rig(other, "dedup: {window: PT30M}")) {
      brief.produce(Rig.example("1", "Restart it.").build());
      brief.produce(
          brief.topics().examples(),
          new TestRecord<>(
              "support".getBytes(StandardCharsets.UTF_8),
              new byte[] {1, 2, 3},
              Rig.START.plus(Duration.ofMinutes(59))));
      brief.produce(Rig.example("1", "Restart it.").build());
      assertThat(brief.rejected())
          .extracting(Rejection::getReason)
          .containsExactly("UNDECODABLE", "DUPLICATE_ID");
    }
  }
}
