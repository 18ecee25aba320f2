package io.alluvium.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.claim.Refusal.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemMakerTest {
  /** One token per character, one more at the end. */
  private final ItemMaker maker =
      new ItemMaker(
          (prompt, completion) ->
              new TokenSequence(
                  new int[prompt.length() + completion.length() + 1], Math.max(1, prompt.length())),
          20);

  @Test
  void aUsableExampleKeepsIdAndWeight() {
    Itemized.Usable usable = (Itemized.Usable) maker.make(example("ab", "cd"), 0.25);
    assertThat(usable.item())
        .isEqualTo(new TrainingItem("x", new TokenSequence(new int[5], 2), 0.25f));
  }

  @Test
  void refusalsSayValueAndRule() {
    assertRefused(
        maker.make(example("a".repeat(15), "b".repeat(5)), 1),
        Reason.TOO_LONG,
        "21 tokens; at most 20");
    assertRefused(maker.make(example("a", ""), 1), Reason.NOTHING_SUPERVISED, "empty");
    assertRefused(maker.make(example("a", "b"), Double.NaN), Reason.BAD_WEIGHT, "NaN");
    assertRefused(maker.make(example("a", "b"), -1), Reason.BAD_WEIGHT, "-1");
    assertRefused(maker.make(example("a", "b"), 1e300), Reason.BAD_WEIGHT, "1.0E300");
  }

  @Test
  void aConversationIsRenderedPlainlyAndItsLastTurnIsLearned() {
    TrainingExample example =
        TrainingExample.newBuilder(example("", ""))
            .setPrompt(null)
            .setCompletion(null)
            .setMessages(
                List.of(
                    new Message("system", "be brief"),
                    new Message("user", "hi"),
                    new Message("assistant", "hello")))
            .build();
    assertThat(ExampleText.of(example))
        .isEqualTo(new ExampleText("system: be brief\nuser: hi\nassistant: ", "hello"));
  }

  @Test
  void aShareOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> new HeldOut(1)).hasMessageContaining("gate.heldOutShare is 1.0");
  }

  private static void assertRefused(Itemized itemized, Reason reason, String detail) {
    Itemized.Unusable unusable = (Itemized.Unusable) itemized;
    assertThat(unusable.refusal().reason()).isEqualTo(reason);
    assertThat(unusable.refusal().detail()).contains(detail);
  }

  private static TrainingExample example(String prompt, String completion) {
    return TrainingExample.newBuilder()
        .setId("x")
        .setAdapter("a")
        .setPrompt(prompt)
        .setCompletion(completion)
        .setEventTime(Instant.EPOCH)
        .build();
  }
}
