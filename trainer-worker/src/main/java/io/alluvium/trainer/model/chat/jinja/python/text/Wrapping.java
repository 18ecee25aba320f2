package io.alluvium.trainer.model.chat.jinja.python.text;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's {@code textwrap.wrap}, as the filter {@code wordwrap} calls it.
 *
 * @param width most characters of a line
 * @param breakWords whether a longer word is broken
 * @param breakHyphens whether a word may end at a hyphen
 */
public record Wrapping(int width, boolean breakWords, boolean breakHyphens) {
  private static final String SPACE = "[\\t\\n\\x0b\\x0c\\r ]";
  private static final String OTHER = "[^\\t\\n\\x0b\\x0c\\r ]";
  private static final String LETTER = "[\\p{L}\\p{M}\\p{Nl}\\p{Pc}]";
  private static final String WORD = "[\\w!\"'&.,?]";

  private static final Pattern PIECES =
      Pattern.compile(
          SPACE
              + "+|(?<="
              + WORD
              + ")-{2,}(?=\\w)|"
              + OTHER
              + "+?(?:-(?:(?<="
              + LETTER
              + "{2}-)|(?<="
              + LETTER
              + "-"
              + WORD
              + "-))(?="
              + LETTER
              + "-?"
              + LETTER
              + ")|(?="
              + SPACE
              + "|\\z)|(?<="
              + WORD
              + ")(?=-{2,}\\w))",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern SIMPLE = Pattern.compile(SPACE + "+");

  /** Lines of a text; none for an empty one. */
  public List<String> wrap(String text) {
    if (width <= 0) {
      throw new PythonError("invalid width " + width + " (must be > 0)");
    }
    Deque<String> left = new ArrayDeque<>(pieces(text));
    List<String> lines = new ArrayList<>();
    while (!left.isEmpty()) {
      if (left.getFirst().isBlank() && !lines.isEmpty()) {
        left.removeFirst();
      }
      List<String> line = line(left);
      if (!line.isEmpty() && line.get(line.size() - 1).isBlank()) {
        line.remove(line.size() - 1);
      }
      if (!line.isEmpty()) {
        lines.add(String.join("", line));
      }
    }
    return lines;
  }

  private List<String> line(Deque<String> left) {
    List<String> line = new ArrayList<>();
    int length = 0;
    while (!left.isEmpty() && length + size(left.getFirst()) <= width) {
      length += size(left.getFirst());
      line.add(left.removeFirst());
    }
    if (!left.isEmpty() && size(left.getFirst()) > width) {
      longWord(left, line, width - length);
    }
    return line;
  }

  private void longWord(Deque<String> left, List<String> line, int room) {
    if (breakWords) {
      String word = left.removeFirst();
      int cut = word.offsetByCodePoints(0, Math.max(1, room));
      int hyphen = breakHyphens ? word.lastIndexOf('-', Math.max(0, room - 1)) : -1;
      boolean atHyphen = hyphen > 0 && word.substring(0, hyphen).chars().anyMatch(c -> c != '-');
      int end = atHyphen && size(word) > room ? hyphen + 1 : cut;
      line.add(word.substring(0, end));
      left.addFirst(word.substring(end));
    } else if (line.isEmpty()) {
      line.add(left.removeFirst());
    }
  }

  private List<String> pieces(String text) {
    Matcher matcher = (breakHyphens ? PIECES : SIMPLE).matcher(text);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (matcher.find()) {
      add(pieces, text.substring(from, matcher.start()));
      add(pieces, matcher.group());
      from = matcher.end();
    }
    add(pieces, text.substring(from));
    return pieces;
  }

  private static void add(List<String> pieces, String piece) {
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
  }

  private static int size(String piece) {
    return piece.codePointCount(0, piece.length());
  }
}
