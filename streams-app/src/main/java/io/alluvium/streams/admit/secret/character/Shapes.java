package io.alluvium.streams.admit.secret.character;

/** Characters that secrets are made of. Pure. */
public final class Shapes {
  /** The {@link #kind} of everything but digits and letters. */
  public static final int OTHER = 3;

  private Shapes() {}

  /** 0 to 9. */
  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A to Z. */
  public static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /** a to z. */
  public static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** One of these three. */
  public static boolean isAlphanumeric(char c) {
    return isDigit(c) || isUpper(c) || isLower(c);
  }

  /** A number for digits, capitals, small letters and everything else. */
  public static int kind(char c) {
    return isDigit(c) ? 0 : isUpper(c) ? 1 : isLower(c) ? 2 : OTHER;
  }

  /** A to Z and a to z. */
  public static boolean isLetter(char c) {
    return isLower(c) || isUpper(c);
  }

  /** Of keys: letters, digits, underscore, hyphen. */
  public static boolean isToken(char c) {
    return isAlphanumeric(c) || c == '_' || c == '-';
  }

  /** The character at an index, or a space beyond the text. */
  public static char at(String text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
  }
}
