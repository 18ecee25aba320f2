package io.alluvium.streams.admit.secret;

import java.util.List;
import java.util.Locale;

/**
 * Is what stands behind the name of a secret a secret itself? A literal of at least eight
 * characters with a digit, or with both cases and a sign within. Not code that draws or looks one
 * up ({@code secrets.token_hex(16)}, {@code os.environ[…]}, {@code ${VAR}}), names of variables,
 * types, placeholders, paths, times, and what prose says about secrets. Pure.
 */
final class SecretValue {
  private static final int SHORTEST = 8;

  /** What is longer is judged by its beginning. */
  private static final int LONGEST = 1024;

  private static final int SHORTEST_OF_URL = 5;
  private static final int SHORTEST_BEARER = 16;

  /** Fewest letters of words on average, in one name and in names joined by dots. */
  private static final int LETTERS = 4;

  private static final int DOTTED_LETTERS = 3;
  private static final String SIGNS = "!@#$%^&*?+~";

  private static final List<String> PLACEHOLDERS =
      List.of(
          "your",
          "example",
          "placeholder",
          "changeme",
          "change-me",
          "change_me",
          "xxxx",
          "****",
          "....",
          "dummy",
          "insert",
          "replace",
          "redacted",
          "todo",
          "<",
          "-here",
          "_here",
          "sample");

  private SecretValue() {}

  /** Where it ends, or -1 when it is no secret. */
  static int end(String text, int start) {
    int end = valueEnd(text, start, start + LONGEST);
    boolean isSecret =
        end - start >= SHORTEST
            && isStrong(text, start, end)
            && !isPlaceholder(text, start, end)
            && (isQuoted(text, start) ? !isExpression(text, start) : !isCode(text, start, end));
    return isSecret ? valueEnd(text, start, text.length()) : -1;
  }

  /** As {@link #end}, of what a sentence says: words with numbers joined by hyphens are none. */
  static int endInProse(String text, int start) {
    int end = end(text, start);
    return end < 0 || isCompound(text, start, end) ? -1 : end;
  }

  /** As {@link #end}, of what follows Bearer or Basic. */
  static int endOfBearer(String text, int start) {
    int end = end(text, start);
    return end - start >= SHORTEST_BEARER ? end : -1;
  }

  /** Whether the password of a URL is one. */
  static boolean isOfUrl(String text, int start, int end) {
    return end - start >= SHORTEST_OF_URL
        && isStrong(text, start, end)
        && !isPlaceholder(text, start, end)
        && !isExpression(text, start);
  }

  private static int valueEnd(String text, int start, int most) {
    boolean isQuoted = isQuoted(text, start);
    int end = start;
    int last = Math.min(most, text.length());
    while (end < last && !isEnd(text.charAt(end), isQuoted)) {
      end++;
    }
    while (end > start && ".!?,:".indexOf(text.charAt(end - 1)) >= 0 && !isQuoted) {
      end--;
    }
    return end;
  }

  private static boolean isEnd(char c, boolean isQuoted) {
    return c <= ' '
        || "\"'`,;<>\\\u3001\u3002\uff0c\uff1b\uff09\u300d".indexOf(c) >= 0
        || (!isQuoted && ")]}|".indexOf(c) >= 0);
  }

  private static boolean isQuoted(String text, int start) {
    return "\"'`".indexOf(Shapes.at(text, start - 1)) >= 0;
  }

  private static boolean isStrong(String text, int start, int end) {
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    boolean sign = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      digit |= Shapes.isDigit(c);
      upper |= Shapes.isUpper(c);
      lower |= Shapes.isLower(c);
      sign |= i > start && i < end - 1 && SIGNS.indexOf(c) >= 0;
    }
    return (upper || lower) && (digit || (upper && lower && sign));
  }

  private static boolean isPlaceholder(String text, int start, int end) {
    String small = text.substring(start, Math.min(end, start + 64)).toLowerCase(Locale.ROOT);
    return PLACEHOLDERS.stream().anyMatch(small::contains);
  }

  /** What is looked up or filled in, quoted or not. */
  private static boolean isExpression(String text, int start) {
    char first = text.charAt(start);
    char second = Shapes.at(text, start + 1);
    boolean isVariable = first == '$' && (second == '{' || second == '(' || isIdentifier(second));
    return isVariable
        || "{<[(".indexOf(first) >= 0
        || (first == '%' && (second == '(' || second == 's'))
        || text.startsWith("env:", start)
        || text.startsWith("vault:", start)
        || isPath(text, start);
  }

  private static boolean isPath(String text, int start) {
    return text.startsWith("/", start)
        || text.startsWith("./", start)
        || text.startsWith("~/", start)
        || text.startsWith("http", start);
  }

  /** What stands without quotes and is no literal. */
  private static boolean isCode(String text, int start, int end) {
    char first = text.charAt(start);
    int word = start;
    while (word < end && (isIdentifier(text.charAt(word)) || isJoint(text, word))) {
      word++;
    }
    boolean isCall = word > start && "([".indexOf(Shapes.at(text, word)) >= 0;
    return isExpression(text, start)
        || "^:@?&.".indexOf(first) >= 0
        || isCall
        || isGeneric(text, word, end)
        || isNumber(text, start, end)
        || (word == end && isName(text, start, end));
  }

  /** {@code Optional<…}. */
  private static boolean isGeneric(String text, int word, int end) {
    return word == end && Shapes.at(text, word) == '<';
  }

  private static boolean isNumber(String text, int start, int end) {
    boolean isHex = text.startsWith("0x", start) && end - start <= 18;
    int i = start;
    while (i < end && (Shapes.isDigit(text.charAt(i)) || "-:.TZ/+,".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return isHex || i == end;
  }

  /** A dot, arrow or double colon between names. */
  private static boolean isJoint(String text, int i) {
    char c = text.charAt(i);
    char next = Shapes.at(text, i + 1);
    return (c == '.' && isIdentifier(next))
        || (c == '?' && next == '.')
        || (c == '-' && next == '>')
        || (c == '>' && Shapes.at(text, i - 1) == '-')
        || (c == ':' && (next == ':' || Shapes.at(text, i - 1) == ':'));
  }

  /**
   * Names joined by dots, each of which begins with a letter; words joined by underscores, with at
   * most two digits at the end; or words of which all but the first have a capital, with one.
   */
  private static boolean isName(String text, int start, int end) {
    int digits = 0;
    int last = end;
    while (last > start && Shapes.isDigit(text.charAt(last - 1))) {
      last--;
      digits++;
    }
    boolean isCamel = Shapes.isLower(text.charAt(start));
    int most = 1;
    boolean isDotted = false;
    boolean isJoined = false;
    boolean isShouted = true;
    for (int i = start; i < last; i++) {
      char c = text.charAt(i);
      if (c == '.' && Shapes.isDigit(Shapes.at(text, i + 1))) {
        return false;
      }
      isDotted |= c == '.' || c == '>' || c == ':';
      isJoined |= c == '_' || (isCamel && Shapes.isUpper(c));
      most = c == '_' ? 2 : most;
      isShouted &= !Shapes.isLower(c);
    }
    boolean hasDigits = hasDigit(text, start, last);
    return isDotted
        ? isWordy(text, start, end, DOTTED_LETTERS)
        : !hasDigits
            && isJoined
            && (digits <= most || isShouted)
            && isWordy(text, start, last, LETTERS);
  }

  /** Whether case changes as seldom as in words of so many letters. */
  private static boolean isWordy(String text, int start, int end, int letters) {
    int changes = 0;
    for (int i = start + 1; i < end; i++) {
      int before = Shapes.kind(text.charAt(i - 1));
      int kind = Shapes.kind(text.charAt(i));
      changes += kind != before && kind != Shapes.OTHER && before != Shapes.OTHER ? 1 : 0;
    }
    return changes * letters <= end - start;
  }

  private static boolean hasDigit(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (Shapes.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** SHA-256-hashed, 12-digit, base64-encoded: parts of letters or of digits, few of both. */
  private static boolean isCompound(String text, int start, int end) {
    int from = start;
    int parts = 0;
    for (int i = start; i <= end; i++) {
      if (i == end || text.charAt(i) == '-') {
        boolean isMixed = hasDigit(text, from, i) && i - from > 1 && !isUniform(text, from, i);
        if (isMixed && !Shapes.isLower(Shapes.at(text, from))) {
          return false;
        }
        parts++;
        from = i + 1;
      } else if (!Shapes.isAlphanumeric(text.charAt(i))) {
        return false;
      }
    }
    return parts > 1;
  }

  private static boolean isUniform(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Shapes.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentifier(char c) {
    return Shapes.isAlphanumeric(c) || c == '_';
  }
}
