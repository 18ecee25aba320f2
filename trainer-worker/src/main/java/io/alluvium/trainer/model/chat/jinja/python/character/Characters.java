package io.alluvium.trainer.model.chat.jinja.python.character;

/** Kinds of characters as Python tells them apart. */
public final class Characters {
  private Characters() {}

  /** As {@code str.isspace}. */
  public static boolean space(int c) {
    return (c >= 9 && c <= 13)
        || (c >= 28 && c <= 32)
        || c == 0x85
        || c == 0xA0
        || (c > 0xA0 && Character.isSpaceChar(c) && c != 0x200B);
  }

  /** As {@code str.isprintable}. */
  public static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** Without the white space at its end. */
  public static String stripRight(String text) {
    int to = text.length();
    while (to > 0 && space(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  /** Whether a text ends a line with this character, as {@code str.splitlines} sees it. */
  public static boolean lineEnd(int c) {
    return (c >= 10 && c <= 13) || (c >= 28 && c <= 30) || c == 0x85 || c == 0x2028 || c == 0x2029;
  }
}
