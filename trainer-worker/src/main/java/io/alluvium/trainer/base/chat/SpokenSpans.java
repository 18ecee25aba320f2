package io.alluvium.trainer.base.chat;

import io.alluvium.trainer.base.chat.RenderedChat.Span;
import io.alluvium.trainer.base.chat.jinja.JinjaTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Finds in a rendered conversation what the assistant says. Pure. */
final class SpokenSpans {
  /** Stands for what the assistant says where only the text around it is wanted. */
  static final char BLANK = '\uFDD0';

  private final List<String> endMarks;

  /**
   * @param endMarks special tokens of the tokenizer; the one that follows an answer belongs to it,
   *     because a model must learn to stop
   */
  SpokenSpans(List<String> endMarks) {
    this.endMarks = endMarks;
  }

  /** Whether a text holds one of the characters this class works with. */
  static boolean holdsMark(String text) {
    return text.chars().anyMatch(c -> c >= BLANK && c <= JinjaTemplate.GENERATION_ENDS);
  }

  /** Takes the marks of {@code generation} blocks out of a text; they alone say what is learned. */
  static RenderedChat ofMarked(String marked) {
    StringBuilder text = new StringBuilder();
    List<Span> spans = new ArrayList<>();
    int from = 0;
    for (int n = 0; n < marked.length(); n++) {
      char c = marked.charAt(n);
      if (c == JinjaTemplate.GENERATION_BEGINS) {
        from = text.length();
      } else if (c == JinjaTemplate.GENERATION_ENDS) {
        spans.add(new Span(from, text.length()));
      } else {
        text.append(c);
      }
    }
    return new RenderedChat(text.toString(), spans);
  }

  /**
   * Lays the frame of a conversation over its text: what stands between the frame's parts is
   * spoken. Where the template writes something else before an answer than the frame has, the
   * answer begins where the prompt for it ends.
   *
   * @param frame the same conversation, rendered with each answer as {@link #BLANK}
   * @param answers how many the conversation has
   * @param prompt the text that asks for the n-th answer, from 0
   * @throws UnrenderableChatException when neither fits
   */
  RenderedChat of(String text, String frame, int answers, IntFunction<String> prompt) {
    String[] around = frame.split(String.valueOf(BLANK), -1);
    if (around.length != answers + 1) {
      throw new UnrenderableChatException(
          "the chat template writes %d of %d assistant turns"
              .formatted(around.length - 1, answers));
    }
    List<Span> spans = new ArrayList<>();
    String lead = around[0];
    int at = 0;
    for (int n = 0; n < answers; n++) {
      int from =
          text.startsWith(lead, at) ? at + lead.length() : promptEnd(text, at, prompt.apply(n));
      String close = around[n + 1].substring(0, endMark(around[n + 1]));
      int to =
          n + 1 < answers
              ? text.indexOf(close.isEmpty() ? around[n + 1] : close, from)
              : text.length() - around[n + 1].length();
      require(to >= from && text.startsWith(around[n + 1].substring(0, close.length()), to));
      at = to + close.length();
      lead = around[n + 1].substring(close.length());
      spans.add(new Span(from, at));
    }
    require(text.startsWith(lead, at));
    return new RenderedChat(text, spans);
  }

  private static int promptEnd(String text, int at, String prompt) {
    require(prompt.length() >= at && text.startsWith(prompt));
    return prompt.length();
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new UnrenderableChatException(
          "the chat template changes the text around an assistant turn with its content");
    }
  }

  /** Length of the special token that begins a text, with the space before it; 0 without one. */
  private int endMark(String text) {
    int from = text.length() - text.stripLeading().length();
    return endMarks.stream()
        .filter(mark -> text.startsWith(mark, from))
        .mapToInt(mark -> from + mark.length())
        .max()
        .orElse(0);
  }
}
