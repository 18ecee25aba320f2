package io.alluvium.schemas.text;

import java.util.Arrays;

/**
 * The words of a text as 64-bit hashes, and the hash of any run of them in constant time. A word is
 * a run of letters and digits, case and width aside; what stands between words does not count. In
 * scripts without blanks between words (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) each
 * sign is a word, with the vowels and tones written at it: where words end there only a dictionary
 * knows, and hashes must not change with dictionaries. The hashes are fixed for ever: suites on
 * their topic are made of them.
 *
 * <p>A run's hash is the polynomial over its words' hashes in the odd base {@link #BASE}, modulo
 * 2^64, as difference of two prefixes, then mixed.
 */
public final class WordHashes {
  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private static final char FIRST_WIDE = '\uff01';
  private static final char LAST_WIDE = '\uff5e';
  private static final int WIDE = 0xfee0;

  /** Letters and digits without case; 0 stands for everything that is between words. */
  private static final char[] FOLDED = folded();

  private long[] prefix = new long[256];
  private long[] powers = new long[] {1};
  private int count;
  private int signs;
  private int spelled;

  /** Forgets everything. */
  public WordHashes clear() {
    count = 0;
    signs = 0;
    spelled = 0;
    return this;
  }

  /** Adds the words of a text after those that are there. */
  public WordHashes add(String text) {
    long hash = FNV_START;
    boolean inWord = false;
    boolean atSign = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FOLDED.length && !atSign) {
        char letter = FOLDED[c];
        if (letter != 0) {
          hash = (hash ^ letter) * FNV_PRIME;
          inWord = true;
        } else if (inWord) {
          push(hash);
          hash = FNV_START;
          inWord = false;
        }
        continue;
      }
      char letter = folded(c);
      byte kind = CharacterKinds.of(c);
      boolean isSign = kind == CharacterKinds.LONE;
      if (inWord && (letter == 0 || isSign || (atSign && kind != CharacterKinds.VOWEL))) {
        push(hash);
        hash = FNV_START;
        inWord = false;
        atSign = false;
      }
      if (letter != 0) {
        hash = (hash ^ letter) * FNV_PRIME;
        inWord = true;
        atSign |= isSign;
        signs += isSign ? 1 : 0;
        spelled += isSign && CharacterKinds.isSpelled(c) ? 1 : 0;
      }
    }
    if (inWord) {
      push(hash);
    }
    return this;
  }

  private static char[] folded() {
    char[] folded = new char[CharacterKinds.ALPHABETS];
    for (char c = 0; c < folded.length; c++) {
      folded[c] = folded(c);
    }
    return folded;
  }

  private static char folded(char c) {
    byte kind = CharacterKinds.of(c);
    boolean isLetter =
        switch (kind) {
          case CharacterKinds.LETTER,
              CharacterKinds.DIGIT,
              CharacterKinds.SIGN,
              CharacterKinds.LONE,
              CharacterKinds.VOWEL ->
              true;
          default -> false;
        };
    return isLetter ? Character.toLowerCase(Character.toUpperCase(narrow(c))) : 0;
  }

  /** Full-width forms of ASCII letters and digits are the same letters and digits. */
  private static char narrow(char c) {
    return c >= FIRST_WIDE && c <= LAST_WIDE ? (char) (c - WIDE) : c;
  }

  private void push(long word) {
    if (count + 1 == prefix.length) {
      prefix = Arrays.copyOf(prefix, prefix.length * 2);
    }
    prefix[count + 1] = prefix[count] * BASE + mixed(word);
    count++;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Whether most of them are single signs of a script without blanks. */
  public boolean areSigns() {
    return signs * 2 > count;
  }

  /**
   * How many of those that are here say as much as so many words of a script with blanks: a word
   * has 1.6 signs in Chinese and Japanese, and 3.2 where sounds are spelled, as in Thai.
   */
  public int alike(int words) {
    if (!areSigns()) {
      return words;
    }
    return words * (spelled * 2 > signs ? 16 : 8) / 5;
  }

  /**
   * The hash of a run of words.
   *
   * @param from its first word, from 0
   * @param length how many words, at least 1; the run must lie within what is there
   */
  public long run(int from, int length) {
    return mixed(prefix[from + length] - prefix[from] * power(length));
  }

  private long power(int exponent) {
    while (powers.length <= exponent) {
      powers = Arrays.copyOf(powers, powers.length + 1);
      powers[powers.length - 1] = powers[powers.length - 2] * BASE;
    }
    return powers[exponent];
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
