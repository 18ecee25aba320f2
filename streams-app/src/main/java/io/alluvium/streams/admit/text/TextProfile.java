package io.alluvium.streams.admit.text;

import io.alluvium.schemas.text.CharacterKinds;

/**
 * What one pass over a text counts. Pure.
 *
 * @param characters Unicode code points
 * @param tokens estimate: four Latin letters, three digits, or one of anything else that is visible
 * @param symbols visible characters that are neither letter, digit nor common punctuation
 * @param visible characters that are no white space
 * @param longestRun length of the longest run of one visible character
 * @param signs letters of scripts that set no blanks between words
 */
public record TextProfile(
    int characters, int tokens, int symbols, int visible, int longestRun, int signs) {
  private static final int LETTERS_PER_TOKEN = 4;

  /** Of an alphabet, that say as much as one sign. */
  private static final int LETTERS_PER_SIGN = 3;

  private static final int DIGITS_PER_TOKEN = 3;

  /** Of a text. */
  public static TextProfile of(String text) {
    return new Counter().count(text);
  }

  /** Share of symbols among visible characters; 0 of an empty text. */
  public double symbolShare() {
    return visible == 0 ? 0 : (double) symbols / visible;
  }

  /** How much there is to read, in letters of an alphabet: a sign says as much as three. */
  public int letters() {
    return characters + signs * (LETTERS_PER_SIGN - 1);
  }

  /** The counts under way. */
  private static final class Counter {
    private int tokens;
    private int symbols;
    private int signs;
    private int spaces;
    private int longestRun;
    private int run;
    private char before;
    private int letters;
    private int digits;

    TextProfile count(String text) {
      int low = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isLowSurrogate(c)) {
          low++;
        } else {
          take(c);
        }
      }
      endWord();
      int characters = text.length() - low;
      int visible = characters - spaces;
      return new TextProfile(
          characters, tokens, symbols, visible, visible == 0 ? 0 : Math.max(1, longestRun), signs);
    }

    private void take(char c) {
      byte kind = CharacterKinds.of(c);
      if (kind == CharacterKinds.LETTER) {
        letters++;
      } else if (kind == CharacterKinds.DIGIT) {
        digits++;
      } else {
        endWord();
        if (kind == CharacterKinds.SPACE) {
          spaces++;
          run = 0;
          return;
        }
        tokens++;
        symbols += kind == CharacterKinds.SYMBOL ? 1 : 0;
        signs += kind == CharacterKinds.LONE ? 1 : 0;
      }
      follow(c);
    }

    private void follow(char c) {
      if (c == before) {
        run++;
        longestRun = Math.max(longestRun, run);
      } else {
        run = 1;
        before = c;
      }
    }

    private void endWord() {
      tokens +=
          (letters + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN
              + (digits + DIGITS_PER_TOKEN - 1) / DIGITS_PER_TOKEN;
      letters = 0;
      digits = 0;
    }
  }
}
