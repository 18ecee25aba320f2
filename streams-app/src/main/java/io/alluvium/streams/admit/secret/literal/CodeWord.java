package io.alluvium.streams.admit.secret.literal;

import io.alluvium.streams.admit.secret.character.Shapes;

/**
 * What stands where a value could and is code: calls, names of variables and types, look-ups,
 * paths, numbers, texts with variables in them. Pure.
 */
final class CodeWord {
  /** Fewest letters of words on average, in one name and in names joined by dots. */
  private static final int LETTERS = 4;

  private static final int DOTTED_LETTERS = 3;

  private CodeWord() {}

  /** With a variable in it: prefix_${NAME}, user:$FROM, #{name}, {{name}}, %s. */
  static boolean isFilledIn(String text, int start, int end) {
    for (int i = start; i < end - 1; i++) {
      char c = text.charAt(i);
      char next = text.charAt(i + 1);
      boolean isBrace = next == '{' && "$#{".indexOf(c) >= 0;
      boolean isShell = c == '$' && areCapitals(text, i + 1, end);
      if (isBrace || isShell || (c == '%' && next == 's')) {
        return true;
      }
    }
    return false;
  }

  private static boolean areCapitals(String text, int start, int end) {
    int i = start;
    while (i < end && (Shapes.isUpper(text.charAt(i)) || text.charAt(i) == '_')) {
      i++;
    }
    return i - start >= 3;
  }

  /** What is looked up or filled in, quoted or not. */
  static boolean isExpression(String text, int start) {
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

  /** Whether it stands without quotes and is no literal. */
  static boolean isCode(String text, int start, int end) {
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
        || isNumbered(text, start, end)
        || (word == end && isName(text, start, end));
  }

  /** {@code Optional<…}. */
  private static boolean isGeneric(String text, int word, int end) {
    return word == end && Shapes.at(text, word) == '<';
  }

  /** {@code password1}, {@code token2}: variables are called so. */
  private static boolean isNumbered(String text, int start, int end) {
    int letters = end;
    while (letters > start && Shapes.isDigit(text.charAt(letters - 1))) {
      letters--;
    }
    return end - letters <= 2 && SecretNames.before(text, letters) == start;
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

  /** Whether all of it is such a name. */
  static boolean isWord(String text, int start, int end) {
    int word = start;
    while (word < end && (isIdentifier(text.charAt(word)) || isJoint(text, word))) {
      word++;
    }
    return word == end && end > start && isName(text, start, end);
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

  /** Whether there is a digit between two places. */
  static boolean hasDigit(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (Shapes.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIdentifier(char c) {
    return Shapes.isAlphanumeric(c) || c == '_';
  }
}
