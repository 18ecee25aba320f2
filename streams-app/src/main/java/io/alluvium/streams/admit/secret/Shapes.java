package io.alluvium.streams.admit.secret;

/** Characters that secrets are made of. Pure. */
final class Shapes {
  /** The {@link #kind} of everything but digits and letters. */
  static final int OTHER = 3;

  private Shapes() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || isUpper(c) || isLower(c);
  }

  /** A number for digits, capitals, small letters and everything else. */
  static int kind(char c) {
    return isDigit(c) ? 0 : isUpper(c) ? 1 : isLower(c) ? 2 : OTHER;
  }

  /** Of keys: letters, digits, underscore, hyphen. */
  static boolean isToken(char c) {
    return isAlphanumeric(c) || c == '_' || c == '-';
  }

  /** The character at an index, or a space beyond the text. */
  static char at(String text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
  }
}
