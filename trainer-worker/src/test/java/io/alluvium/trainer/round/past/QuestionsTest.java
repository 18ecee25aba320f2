package io.alluvium.trainer.round.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.model.text.TokenSequence;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private final Questions questions = new Questions();

  @Test
  void theNewestAnswerToAQuestionHolds() {
    assertThat(questions.holds(item(2, 1, 2, 7))).isTrue();
    assertThat(questions.holds(item(2, 1, 2, 8))).as("older, otherwise").isFalse();
    assertThat(questions.holds(item(2, 1, 2, 7))).as("older, the same").isTrue();
    assertThat(questions.holds(item(2, 1, 3, 8))).as("another question").isTrue();
  }

  @Test
  void whereQuestionEndsAndAnswerBeginsCounts() {
    assertThat(questions.holds(item(2, 1, 2, 3, 4))).isTrue();
    assertThat(questions.holds(item(3, 1, 2, 3, 5))).isTrue();
  }

  @Test
  void textWithoutAQuestionContradictsNothing() {
    assertThat(questions.holds(item(1, 1, 7))).isTrue();
    assertThat(questions.holds(item(1, 1, 8))).isTrue();
  }

  private static TokenSequence item(int responseStart, int... ids) {
    return new TokenSequence(ids, responseStart);
  }
}
