package io.alluvium.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.ExampleText.Conversation;
import io.alluvium.trainer.model.text.TokenSequence;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemMakerTest {
  private static final ItemMaker.Limits LIMITS = new ItemMaker.Limits(20, 32);

  /** One token per character, one more at the end. */
  private final ItemMaker maker =
      new ItemMaker(
          text -> {
            if (text instanceof Completion pair) {
              int length = pair.prompt().length() + pair.completion().length() + 1;
              return new TokenSequence(new int[length], Math.max(1, pair.prompt().length()));
            }
            throw new UnrenderableChatException("roles must alternate");
          },
          LIMITS);

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
  void aTokenBeyondTheEmbeddingIsTheRecordsFault() {
    ItemMaker wide = new ItemMaker(text -> new TokenSequence(new int[] {1, 32, 2}, 1), LIMITS);
    assertRefused(
        wide.make(example("a", "b"), 1),
        Reason.UNKNOWN_TOKEN,
        "token 32 is beyond the base's embedding of 32 rows");
  }

  @Test
  void whateverTokenizerAndTemplateFailWithCostsTheRecord() {
    for (Throwable unforeseen :
        List.of(
            new IllegalArgumentException("responseStart 0 outside [1, 1)"),
            new NoClassDefFoundError("org/jsoup/Jsoup"),
            new StackOverflowError("deep"))) {
      ItemMaker failing = new ItemMaker(text -> thrown(unforeseen), LIMITS);
      assertRefused(
          failing.make(example("a", "b"), 1),
          Reason.UNTOKENIZABLE,
          "%s: %s".formatted(unforeseen.getClass().getSimpleName(), unforeseen.getMessage()));
    }
  }

  private static TokenSequence thrown(Throwable unforeseen) {
    if (unforeseen instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) unforeseen;
  }

  @Test
  void aConversationKeepsItsTurnsUntilTheBaseIsKnown() {
    TrainingExample example =
        TrainingExample.newBuilder(example("", ""))
            .setPrompt(null)
            .setCompletion(null)
            .setMessages(
                List.of(
                    Messages.of("system", "be brief"),
                    Messages.of("user", "hi"),
                    Messages.of("assistant", "hello")))
            .build();
    assertThat(TextReader.textOf(example))
        .isEqualTo(
            new Conversation(
                List.of(
                    new Turn("system", "be brief"),
                    new Turn("user", "hi"),
                    new Turn("assistant", "hello"))));
    assertRefused(maker.make(example, 1), Reason.UNRENDERABLE, "roles must alternate");
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
