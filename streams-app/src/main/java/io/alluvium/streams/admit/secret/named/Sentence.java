package io.alluvium.streams.admit.secret.named;

import io.alluvium.streams.admit.secret.character.Shapes;
import io.alluvium.streams.admit.secret.character.Span;
import io.alluvium.streams.admit.secret.literal.SecretNames;
import io.alluvium.streams.admit.secret.literal.SecretValue;

/**
 * A value that a sentence names as a secret: {@code the token is …}, {@code mein Passwort lautet
 * …}, {@code 密码是…}, {@code password …}, {@code Bearer …}. Pure.
 */
public final class Sentence {
  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";
  private static final String OF_HEADER = "zation: ";
  private static final int LONGEST_COPULA = 6;
  private static final int FEWEST_VALUE = 8;

  private Sentence() {}

  /** After a word between a name and a value, where the word is one that says: is. */
  public static Span afterWord(String text, int start, int end) {
    boolean mayBe = end - start <= LONGEST_COPULA && Shapes.at(text, end) == ' ';
    return mayBe && isCopula(text, start, end) && SecretNames.before(text, start) >= 0
        ? value(text, end)
        : Span.NONE;
  }

  private static boolean isCopula(String text, int start, int end) {
    return switch (text.charAt(start)) {
      case 'i' -> isOne(text, start, end, "is", "ist");
      case 'w' -> isOne(text, start, end, "was", "war");
      case 'e' -> isOne(text, start, end, "es", "est") || isOne(text, start, end, "era", "era");
      case 'l' -> isOne(text, start, end, "lautet", "lautet");
      case 'j' -> isOne(text, start, end, "jest", "jest");
      default -> false;
    };
  }

  private static boolean isOne(String text, int start, int end, String one, String other) {
    return (end - start == one.length() && text.startsWith(one, start))
        || (end - start == other.length() && text.startsWith(other, start));
  }

  /** Whether a sign beyond ASCII is such a word, or ends the name before a value. */
  public static boolean isSign(char c) {
    return switch (c) {
      case '\u662f', '\u4e3a', '\u70ba', '\u306f', '\ub294', '\uc740', '\u00e8', '\u00e9' -> true;
      default -> false;
    };
  }

  /** After a sign between a name and a value; letters of words are none. */
  public static Span afterSign(String text, int sign) {
    boolean isAlone = text.charAt(sign) >= '\u0100' || Shapes.at(text, sign + 1) == ' ';
    boolean isLone = text.charAt(sign) >= '\u0100' || Shapes.at(text, sign - 1) == ' ';
    return isAlone && isLone && SecretNames.before(text, sign) >= 0
        ? value(text, sign + 1)
        : Span.NONE;
  }

  /** This token with a digit in it, where the name of a password stands before it. */
  public static Span afterName(String text, int start, int end) {
    if (end - start < FEWEST_VALUE) {
      return Span.NONE;
    }
    int blank = SecretValue.isQuoted(text, start) ? start - 2 : start - 1;
    if (Shapes.at(text, blank) != ' ') {
      return Span.NONE;
    }
    int nameEnd = text.startsWith(" -", blank - 2) ? blank - 2 : blank;
    return SecretNames.ofPasswordBefore(text, nameEnd) >= 0
        ? Span.of(start, SecretValue.endInProse(text, start))
        : Span.NONE;
  }

  /** After Bearer, or after Basic in a header. */
  public static Span afterScheme(String text, int start, int end) {
    boolean isNamed =
        isWord(text, start, end, BEARER)
            || (isWord(text, start, end, BASIC)
                && text.regionMatches(
                    /* ignoreCase= */ true,
                    start - OF_HEADER.length(),
                    OF_HEADER,
                    0,
                    OF_HEADER.length()));
    int value = isNamed ? Credential.valueStart(text, end) : end;
    return isNamed ? Span.of(value, SecretValue.endOfBearer(text, value)) : Span.NONE;
  }

  private static boolean isWord(String text, int start, int end, String word) {
    return end - start == word.length()
        && text.regionMatches(/* ignoreCase= */ true, start, word, 0, word.length());
  }

  private static Span value(String text, int after) {
    int start = Credential.valueStart(text, after);
    return Span.of(start, SecretValue.endInProse(text, start));
  }
}
