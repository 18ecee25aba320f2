package io.alluvium.streams.dedup.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void textThatMovesBetweenPromptAndCompletionIsAnotherText() {
    assertThat(Fingerprint.ofText(pair("ab", "c")))
        .isNotEqualTo(Fingerprint.ofText(pair("a", "bc")));
  }

  @Test
  void theAdapterCounts() {
    TrainingExample other = TrainingExample.newBuilder(pair("a", "b")).setAdapter("sales").build();
    assertThat(Fingerprint.ofText(other)).isNotEqualTo(Fingerprint.ofText(pair("a", "b")));
    assertThat(Fingerprint.ofId(other)).isNotEqualTo(Fingerprint.ofId(pair("a", "b")));
  }

  @Test
  void anIdIsNeverTakenForAText() {
    TrainingExample example = pair("a", "b");
    assertThat(Fingerprint.ofId(example)).isNotEqualTo(Fingerprint.ofText(example));
  }

  @Test
  void rolesCount() {
    assertThat(Fingerprint.ofText(talk("user", "assistant")))
        .isNotEqualTo(Fingerprint.ofText(talk("system", "assistant")))
        .isNotEqualTo(Fingerprint.ofText(pair("a", "b")));
  }

  @Test
  void onlyTheTextCounts() {
    TrainingExample other =
        TrainingExample.newBuilder(pair("A ", "b"))
            .setId("2")
            .setSource("elsewhere")
            .setEventTime(Instant.EPOCH.plusSeconds(5))
            .build();
    assertThat(Fingerprint.ofText(other)).isEqualTo(Fingerprint.ofText(pair("a", "b")));
  }

  @Test
  void theQuestionIsEverythingBeforeTheAnswer() {
    assertThat(Fingerprint.ofQuestion(pair("a", "b")))
        .isPresent()
        .isEqualTo(Fingerprint.ofQuestion(pair(" A", "c")))
        .isEqualTo(Fingerprint.ofQuestion(talk("user", "assistant")))
        .isNotEqualTo(Fingerprint.ofQuestion(pair("ab", "b")))
        .isNotEqualTo(Fingerprint.ofQuestion(talk("system", "assistant")));
  }

  @Test
  void whereNothingIsAskedThereIsNoQuestion() {
    assertThat(Fingerprint.ofQuestion(pair("", "b"))).isEmpty();
    assertThat(Fingerprint.ofQuestion(pair(" \n", "b"))).isEmpty();
    TrainingExample monologue =
        TrainingExample.newBuilder(talk("user", "assistant"))
            .setMessages(List.of(new Message("assistant", "b")))
            .build();
    assertThat(Fingerprint.ofQuestion(monologue)).isEmpty();
  }

  /** Fixed for ever: stored fingerprints outlive a release. */
  @Test
  void theFingerprintOfAGivenTextNeverChanges() {
    assertThat(Fingerprint.ofText(pair("a", "b")))
        .isEqualTo(new Fingerprint(-8346724305900531222L, 5763034075869687086L));
  }

  private static TrainingExample pair(String prompt, String completion) {
    return TrainingExample.newBuilder()
        .setId("1")
        .setAdapter("support")
        .setPrompt(prompt)
        .setCompletion(completion)
        .setEventTime(Instant.EPOCH)
        .build();
  }

  private static TrainingExample talk(String first, String second) {
    return TrainingExample.newBuilder(pair("", ""))
        .setPrompt(null)
        .setCompletion(null)
        .setMessages(List.of(new Message(first, "a"), new Message(second, "b")))
        .build();
  }
}
