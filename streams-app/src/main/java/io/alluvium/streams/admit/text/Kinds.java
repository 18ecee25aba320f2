package io.alluvium.streams.admit.text;

/** Characters by kind; a table for those that are frequent. Pure. */
final class Kinds {
  static final byte SPACE = 0;

  /** Letters of alphabets whose words are cut into pieces of several letters. */
  static final byte LETTER = 1;

  static final byte DIGIT = 2;

  /** Common punctuation. */
  static final byte MARK = 3;

  /** Letters of scripts in which each is about one token. */
  static final byte SIGN = 4;

  /** Everything else that is visible. */
  static final byte SYMBOL = 5;

  /** End of the Latin, Greek, Cyrillic, Hebrew and Arabic blocks. */
  static final int ALPHABETS = 0x800;

  private static final byte[] TABLE = table();

  private Kinds() {}

  static byte of(char c) {
    return c < TABLE.length ? TABLE[c] : rare(c);
  }

  private static byte rare(char c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return SPACE;
    }
    // A surrogate may be a letter of a rare script or a picture; it counts as the latter's token.
    return Character.isLetter(c) || Character.isSurrogate(c) ? SIGN : SYMBOL;
  }

  private static byte[] table() {
    byte[] table = new byte[ALPHABETS];
    for (char c = 0; c < ALPHABETS; c++) {
      table[c] = kind(c);
    }
    return table;
  }

  private static byte kind(char c) {
    if (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
      return LETTER;
    } else if (Character.isDigit(c)) {
      return DIGIT;
    } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return SPACE;
    }
    return ".,;:!?'\"()-\u2026\u00bf\u00a1\u00ab\u00bb".indexOf(c) >= 0 ? MARK : SYMBOL;
  }
}
