package io.alluvium.trainer.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.alluvium.trainer.model.chat.RenderedChat;
import io.alluvium.trainer.model.chat.RenderedChat.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenSpansTest {

  @Test
  void codePointsBecomeCharacters() {
    TokenSpans spans = TokenSpans.of("😀ab", of(0, 1, 1, 2, 2, 3));
    assertThat(spans.begins()).containsExactly(0, 2, 3);
    assertThat(spans.ends()).containsExactly(2, 3, 4);
  }

  @Test
  void aTokenTakesOverTheSpaceThatItsSpanLeavesOut() {
    // "a", " " (trimmed to nothing), " b" (trimmed to "b")
    TokenSpans spans = TokenSpans.of("a  b", of(0, 1, 2, 2, 3, 4));
    assertThat(spans.begins()).containsExactly(0, 1, 2);
    assertThat(spans.ends()).containsExactly(1, 2, 4);
  }

  @Test
  void allPartsOfACharacterBelongToIt() {
    TokenSpans spans = TokenSpans.of("a😀", of(0, 1, 1, 2, 1, 2));
    assertThat(spoken(spans, "a😀", 1, 3)).containsExactly(1, 2);
  }

  @Test
  void aTokenAcrossTheBoundaryIsSpoken() {
    // ": " is the template's, "hi" the assistant's; the tokenizer joins " hi".
    TokenSpans spans = TokenSpans.of("a: hi", of(0, 1, 1, 2, 2, 5));
    assertThat(spoken(spans, "a: hi", 3, 5)).containsExactly(2);
  }

  @Test
  void theFirstTokenIsNotSpokenButATokenOfNothingWithinAnAnswerIs() {
    TokenSpans spans =
        TokenSpans.of("ab", new CharSpan[] {new CharSpan(0, 1), null, new CharSpan(1, 2)});
    assertThat(spoken(spans, "ab", 0, 2)).containsExactly(1, 2);
  }

  private static int[] spoken(TokenSpans spans, String text, int from, int to) {
    return spans.spoken(new RenderedChat(text, List.of(new Span(from, to))));
  }

  private static @Nullable CharSpan[] of(int... bounds) {
    @Nullable CharSpan[] spans = new CharSpan[bounds.length / 2];
    for (int n = 0; n < spans.length; n++) {
      spans[n] = new CharSpan(bounds[2 * n], bounds[2 * n + 1]);
    }
    return spans;
  }
}
