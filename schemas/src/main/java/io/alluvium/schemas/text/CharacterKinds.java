package io.alluvium.schemas.text;

/** Characters by kind; a table for those that are frequent. Pure. */
public final class CharacterKinds {
  public static final byte SPACE = 0;

  /** Letters of alphabets whose words are cut into pieces of several letters. */
  public static final byte LETTER = 1;

  public static final byte DIGIT = 2;

  /** Common punctuation. */
  public static final byte MARK = 3;

  /** Letters of scripts in which each is about one token, with blanks between words. */
  public static final byte SIGN = 4;

  /** Everything else that is visible. */
  public static final byte SYMBOL = 5;

  /**
   * Letters of scripts that set no blanks between words: Han, Hiragana, Katakana, Thai, Lao, Khmer,
   * Myanmar. Hangul has blanks.
   */
  public static final byte LONE = 6;

  /** What is written at a letter of these scripts: vowels and tones. */
  public static final byte VOWEL = 7;

  /** End of the Latin, Greek, Cyrillic, Hebrew and Arabic blocks. */
  public static final int ALPHABETS = 0x800;

  private static final byte[] TABLE = table();

  private CharacterKinds() {}

  public static byte of(char c) {
    return c < TABLE.length ? TABLE[c] : rare(c);
  }

  private static byte rare(char c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return SPACE;
    }
    // A surrogate may be a letter of a rare script or a picture; it counts as the latter's token.
    if (Character.isLetter(c) || Character.isSurrogate(c)) {
      return isLone(c) ? LONE : SIGN;
    }
    int type = isVariation(c) ? Character.FORMAT : Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) {
      return VOWEL;
    } else if (Character.isDigit(c)) {
      return DIGIT;
    }
    return isPunctuation(c) ? MARK : SYMBOL;
  }

  private static boolean isLone(char c) {
    return (c >= '\u3005' && c <= '\u30ff')
        || (c >= '\u3400' && c <= '\u9fff')
        || (c >= '\u0e00' && c <= '\u0eff')
        || (c >= '\u1000' && c <= '\u109f')
        || (c >= '\u1780' && c <= '\u17ff')
        || (c >= '\u31f0' && c <= '\u31ff')
        || (c >= '\uf900' && c <= '\ufaff')
        || (c >= '\uff66' && c <= '\uff9d');
  }

  /** Of the scripts without blanks, those that spell sounds: several letters make a word. */
  public static boolean isSpelled(char c) {
    return c < '\u2000';
  }

  /** Selectors behind pictures, which are marks to Unicode and nothing to a reader. */
  private static boolean isVariation(char c) {
    return c >= '\ufe00' && c <= '\ufe0f';
  }

  /** Dashes, quotation marks, and the marks of East and South Asia. */
  private static boolean isPunctuation(char c) {
    return (c >= '\u2010' && c <= '\u2027')
        || (c >= '\u3001' && c <= '\u3003')
        || (c >= '\u3008' && c <= '\u3011')
        || "\u0964\u0965\u30fb\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff61\uff62\uff63\uff64"
                .indexOf(c)
            >= 0;
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
