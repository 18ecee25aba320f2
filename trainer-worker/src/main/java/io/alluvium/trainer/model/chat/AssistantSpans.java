package io.alluvium.trainer.model.chat;

import io.alluvium.trainer.model.chat.RenderedChat.Span;
import io.alluvium.trainer.model.chat.jinja.JinjaTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Finds in a rendered conversation what the assistant says.
 *
 * <p>The answers are rendered once more between two marks that no text may hold; where the marks
 * come out, there the answers stand, whatever is in them. A template that looks into an answer (to
 * cut off its reasoning, say) writes another text then; there an answer begins where the prompt for
 * it ends, and ends where the conversation up to it does. Pure.
 */
final class AssistantSpans {
  private static final char BEGINS = JinjaTemplate.GENERATION_BEGINS;
  private static final char ENDS = JinjaTemplate.GENERATION_ENDS;

  private final List<String> endMarks;

  /**
   * @param endMarks texts of the tokens that can end a turn; the one that follows an answer belongs
   *     to it, because a model must learn to stop
   */
  AssistantSpans(List<String> endMarks) {
    this.endMarks = endMarks;
  }

  /** Whether a text holds one of the characters this class works with. */
  static boolean holdsMark(String text) {
    return text.chars().anyMatch(c -> c == BEGINS || c == ENDS);
  }

  /** A text without marks. */
  static String unmarked(String marked) {
    return marked.replace(String.valueOf(BEGINS), "").replace(String.valueOf(ENDS), "");
  }

  /** Takes the marks of {@code generation} blocks out of a text; they alone say what is learned. */
  RenderedChat ofBlocks(String marked, List<Turn> turns) {
    RenderedChat chat = ofMarked(marked);
    List<Turn> answers = turns.stream().filter(Turn::assistant).toList();
    if (answers.stream().allMatch(Turn::learned)) {
      return chat;
    }
    if (answers.size() != chat.spoken().size()) {
      throw new UnrenderableChatException(
          "a message has weight 0, but the chat template marks %d parts of %d assistant turns"
              .formatted(chat.spoken().size(), answers.size()));
    }
    return learned(chat, answers);
  }

  /**
   * A conversation.
   *
   * @param text as the template writes it
   * @param turns its messages
   */
  record Whole(String text, List<Turn> turns) {}

  /**
   * Finds the answers.
   *
   * @param chat the conversation
   * @param text renders turns without a prompt for a further answer
   * @param prompt renders turns with the prompt for the next answer
   * @throws UnrenderableChatException when an answer cannot be found
   */
  RenderedChat ofAnswers(
      Whole chat, Function<List<Turn>, String> text, Function<List<Turn>, String> prompt) {
    List<Turn> turns = chat.turns();
    List<Integer> places =
        IntStream.range(0, turns.size()).filter(n -> turns.get(n).assistant()).boxed().toList();
    List<Turn> answers = places.stream().map(turns::get).toList();
    String whole = chat.text();
    Optional<List<Marked>> marked = marked(turns, whole, text);
    if (marked.isEmpty()) {
      requireAll(turns, text);
    }
    List<Span> spans = new ArrayList<>();
    for (int n = 0; n < places.size(); n++) {
      List<Turn> before = turns.subList(0, places.get(n));
      boolean content = marked.isPresent() && !answers.get(n).fields().containsKey(Turn.TOOL_CALLS);
      spans.add(
          content
              ? withEnd(whole, marked.get().get(n).span(whole, () -> prompt.apply(before)))
              : between(
                  whole, prompt.apply(before), text.apply(turns.subList(0, places.get(n) + 1))));
    }
    return learned(new RenderedChat(whole, spans), answers);
  }

  /**
   * Where the marks of an answer came out.
   *
   * @param begin -1 where the template cut the first mark off
   * @param end of what the answer says
   */
  private record Marked(int begin, int end) {
    Span span(String whole, Supplier<String> prompt) {
      if (begin >= 0) {
        return new Span(begin, end);
      }
      String asked = prompt.get();
      if (!whole.startsWith(asked) || asked.length() > end) {
        throw untold();
      }
      return new Span(asked.length(), end);
    }
  }

  /** Every answer is written, whatever it says. */
  private static void requireAll(List<Turn> turns, Function<List<Turn>, String> text) {
    List<Turn> empty =
        turns.stream().map(t -> t.assistant() ? t.saying("" + BEGINS + ENDS) : t).toList();
    long answers =
        turns.stream()
            .filter(t -> t.assistant() && !t.fields().containsKey(Turn.TOOL_CALLS))
            .count();
    int written = ofMarked(text.apply(empty)).spoken().size();
    if (written < answers) {
      throw new UnrenderableChatException(
          "the chat template writes %d of %d assistant turns".formatted(written, answers));
    }
  }

  private static RenderedChat learned(RenderedChat chat, List<Turn> answers) {
    return new RenderedChat(
        chat.text(),
        IntStream.range(0, answers.size())
            .filter(n -> answers.get(n).learned())
            .mapToObj(chat.spoken()::get)
            .toList());
  }

  /** Where the marks come out, if the text is the same without them and each answer has its end. */
  private static Optional<List<Marked>> marked(
      List<Turn> turns, String whole, Function<List<Turn>, String> text) {
    long answers = turns.stream().filter(Turn::assistant).count();
    List<UnaryOperator<String>> ways = List.of(s -> BEGINS + s + ENDS, AssistantSpans::inside);
    for (UnaryOperator<String> mark : ways) {
      List<Turn> others =
          turns.stream().map(t -> t.assistant() ? t.saying(mark.apply(t.content())) : t).toList();
      String rendered = text.apply(others);
      List<Marked> marks = marks(rendered);
      if (unmarked(rendered).equals(whole) && marks.size() == answers) {
        return Optional.of(marks);
      }
    }
    return Optional.empty();
  }

  private static List<Marked> marks(String marked) {
    List<Marked> marks = new ArrayList<>();
    int passed = 0;
    int begin = -1;
    for (int n = 0; n < marked.length(); n++) {
      char c = marked.charAt(n);
      if (c == BEGINS) {
        begin = n - passed++;
      } else if (c == ENDS) {
        marks.add(new Marked(begin, n - passed++));
        begin = -1;
      }
    }
    return marks;
  }

  /** Marks within the white space around a text, for templates that strip it. */
  private static String inside(String content) {
    String stripped = content.strip();
    int from = content.indexOf(stripped);
    return content.substring(0, from)
        + BEGINS
        + stripped
        + ENDS
        + content.substring(from + stripped.length());
  }

  private static RenderedChat ofMarked(String marked) {
    return new RenderedChat(
        unmarked(marked),
        marks(marked).stream()
            .filter(mark -> mark.begin() >= 0)
            .map(mark -> new Span(mark.begin(), mark.end()))
            .toList());
  }

  private Span withEnd(String text, Span answer) {
    return new Span(answer.from(), answer.to() + endMark(text.substring(answer.to())));
  }

  /** What stands behind the token that ends the turn is not the assistant's. */
  private Span between(String text, String prompt, String upToHere) {
    if (!text.startsWith(prompt)
        || !text.startsWith(upToHere)
        || upToHere.length() <= prompt.length()) {
      throw untold();
    }
    String answer = upToHere.substring(prompt.length());
    int end =
        endMarks.stream()
            .filter(mark -> answer.stripTrailing().endsWith(mark))
            .mapToInt(mark -> answer.stripTrailing().length())
            .findFirst()
            .orElse(answer.length());
    return new Span(prompt.length(), prompt.length() + end);
  }

  private static UnrenderableChatException untold() {
    return new UnrenderableChatException(
        "where an assistant turn begins and ends cannot be told: the chat template writes another"
            + " text around it than for the turns before it alone");
  }

  /** Length of the end token that begins a text, with the space before it; 0 without one. */
  private int endMark(String text) {
    int from = text.length() - text.stripLeading().length();
    return endMarks.stream()
        .filter(mark -> text.startsWith(mark, from))
        .mapToInt(mark -> from + mark.length())
        .max()
        .orElse(0);
  }
}
