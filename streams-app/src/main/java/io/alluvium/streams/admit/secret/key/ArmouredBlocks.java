package io.alluvium.streams.admit.secret.key;

import io.alluvium.streams.admit.secret.character.Shapes;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks between {@code -----BEGIN …-----} and {@code -----END …-----} (RFC 7468, and OpenPGP's RFC
 * 9580), line ends written out as in JSON included: all of a text, one after the other. A line that
 * only talks of one has no content behind it and is none. Pure.
 */
public final class ArmouredBlocks {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LONGEST_LABEL = 60;
  private static final int FEWEST_CHARACTERS = 6;
  private static final int LONGEST_HEADER = 120;
  private static final int MOST_HEADERS = 8;

  private ArmouredBlocks() {}

  /**
   * One block.
   *
   * @param start its first character
   * @param end after its last
   * @param isPrivate whether it holds a private key
   */
  public record Block(int start, int end, boolean isPrivate) {}

  /** All blocks, in order; nearly always none. */
  public static List<Block> in(String text) {
    List<Block> found = new ArrayList<>(0);
    int end = 0;
    for (int start = text.indexOf(BEGIN); start >= 0; start = text.indexOf(BEGIN, end)) {
      int label = start + BEGIN.length();
      int body = closing(text, label);
      end = label;
      if (body < 0) {
        continue;
      }
      int content = content(text, body + DASHES.length());
      if (content >= 0) {
        end = blockEnd(text, content);
        boolean isPrivate = text.substring(label, body).contains("PRIVATE KEY");
        found.add(new Block(start, end, isPrivate));
      }
    }
    return found;
  }

  /** Where the dashes behind a label begin, or -1. */
  private static int closing(String text, int label) {
    for (int i = label; i < text.length() && i - label < LONGEST_LABEL; i++) {
      char c = text.charAt(i);
      if (c == '-') {
        return text.startsWith(DASHES, i) ? i : -1;
      } else if (!Shapes.isAlphanumeric(c) && c != ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** Where the base 64 begins that stands behind line ends and headers, or -1. */
  private static int content(String text, int after) {
    int i = lineEnds(text, after);
    for (int headers = 0; headers < MOST_HEADERS; headers++) {
      i = header(text, i);
    }
    int end = i;
    while (isBase64(Shapes.at(text, end))) {
      end++;
    }
    char behind = Shapes.at(text, end);
    boolean isLine = behind <= ' ' || behind == '\\' || behind == '-' || behind == '"';
    return end - i >= FEWEST_CHARACTERS && isLine ? i : -1;
  }

  /** After {@code Name: value} and its line ends, or the same place. */
  private static int header(String text, int start) {
    int i = start;
    while (Shapes.isAlphanumeric(Shapes.at(text, i)) || Shapes.at(text, i) == '-') {
      i++;
    }
    if (i == start || Shapes.at(text, i) != ':') {
      return start;
    }
    while (i < text.length()
        && i - start < LONGEST_HEADER
        && text.charAt(i) != '\n'
        && text.charAt(i) != '\\') {
      i++;
    }
    return lineEnds(text, i);
  }

  private static int lineEnds(String text, int start) {
    int i = start;
    while (i < text.length()) {
      boolean isWritten =
          text.charAt(i) == '\\'
              && (Shapes.at(text, i + 1) == 'n' || Shapes.at(text, i + 1) == 'r');
      if (isWritten) {
        i += 2;
      } else if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else {
        return i;
      }
    }
    return i;
  }

  /** After the closing line, or after the last line of base 64 where there is none. */
  private static int blockEnd(String text, int content) {
    int i = content;
    while (i < text.length()) {
      int next = lineEnds(text, i);
      if (text.startsWith(END, next)) {
        int label = next + END.length();
        int dashes = closing(text, label);
        return dashes < 0 ? label : dashes + DASHES.length();
      }
      int lineEnd = next;
      while (isBase64(Shapes.at(text, lineEnd))) {
        lineEnd++;
      }
      if (lineEnd == next) {
        return i;
      }
      i = lineEnd;
    }
    return i;
  }

  private static boolean isBase64(char c) {
    return Shapes.isAlphanumeric(c) || c == '+' || c == '/' || c == '=';
  }
}
