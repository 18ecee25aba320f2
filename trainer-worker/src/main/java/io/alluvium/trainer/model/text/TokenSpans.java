package io.alluvium.trainer.model.text;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.alluvium.trainer.model.chat.RenderedChat;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which characters of a text each token stands for, in UTF-16 units. Pure.
 *
 * <p>Tokenizers leave spaces out of their spans; here a token takes them over from the gap before
 * it, so that together the tokens cover the text.
 *
 * @param begins first character of each token
 * @param ends character after the last of each token
 */
@SuppressWarnings("ArrayRecordComponent") // two numbers per token, read at once
record TokenSpans(int[] begins, int[] ends) {

  /**
   * Converts the tokenizer's spans, which count code points.
   *
   * @param spans per token; null for a token that stands for nothing
   */
  static TokenSpans of(String text, @Nullable CharSpan[] spans) {
    int[] units = units(text);
    TokenSpans result = new TokenSpans(new int[spans.length], new int[spans.length]);
    int end = 0;
    for (int n = 0; n < spans.length; n++) {
      CharSpan span = spans[n];
      int begin = span == null ? end : units[span.getStart()];
      result.begins[n] = Math.min(begin, end);
      end = span == null ? end : Math.max(end, units[span.getEnd()]);
      result.ends[n] = end;
    }
    return result;
  }

  /** Indices of the tokens that share a character with what the assistant says, but the first. */
  int[] spoken(RenderedChat chat) {
    return IntStream.range(1, begins.length)
        .filter(
            n ->
                chat.spoken().stream()
                    .anyMatch(span -> begins[n] < span.to() && ends[n] > span.from()))
        .toArray();
  }

  /** Where each code point begins, and the end. */
  private static int[] units(String text) {
    int[] units = new int[text.codePointCount(0, text.length()) + 1];
    for (int n = 1; n < units.length; n++) {
      units[n] = text.offsetByCodePoints(units[n - 1], 1);
    }
    return units;
  }
}
