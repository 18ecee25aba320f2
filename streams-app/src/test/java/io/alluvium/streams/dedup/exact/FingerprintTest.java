package io.alluvium.streams.dedup.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
            .setMessages(List.of(Messages.of("assistant", "b")))
            .build();
    assertThat(Fingerprint.ofQuestion(monologue)).isEmpty();
  }

  @Test
  void everyFieldOfATurnAndTheToolsTellTextsApart() {
    TrainingExample plain = talk("user", "assistant");
    List<Fingerprint> texts =
        Stream.of(
                plain,
                withLast(m -> m.setWeight(0)),
                withLast(m -> m.setName("n")),
                withLast(m -> m.setToolCalls("n")),
                withLast(m -> m.setToolCallId("n")),
                TrainingExample.newBuilder(plain).setTools("n").build())
            .map(Fingerprint::ofText)
            .toList();
    assertThat(texts).doesNotHaveDuplicates();
    assertThat(Fingerprint.ofQuestion(TrainingExample.newBuilder(plain).setTools("n").build()))
        .isNotEqualTo(Fingerprint.ofQuestion(plain));
    assertThat(Fingerprint.ofQuestion(withLast(m -> m.setName("n"))))
        .isEqualTo(Fingerprint.ofQuestion(plain));
  }

  private static TrainingExample withLast(UnaryOperator<Message.Builder> change) {
    return TrainingExample.newBuilder(pair("", ""))
        .setPrompt(null)
        .setCompletion(null)
        .setMessages(
            List.of(
                Messages.of("user", "a"),
                change.apply(Message.newBuilder(Messages.of("assistant", "b"))).build()))
        .build();
  }

  /** Fixed for ever: stored fingerprints outlive a release. */
  @Test
  void theFingerprintOfAGivenTextNeverChanges() {
    assertThat(Fingerprint.ofText(pair("a", "b")))
        .isEqualTo(new Fingerprint(-8346724305900531222L, 5763034075869687086L));
    assertThat(Fingerprint.ofText(talk("user", "assistant")))
        .isEqualTo(new Fingerprint(-2751053981477313319L, -6125891389475909695L));
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
        .setMessages(List.of(Messages.of(first, "a"), Messages.of(second, "b")))
        .build();
  }
}
