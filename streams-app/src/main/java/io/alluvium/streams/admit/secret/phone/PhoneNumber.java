package io.alluvium.streams.admit.secret.phone;

import io.alluvium.streams.admit.secret.character.DigitGroups;
import io.alluvium.streams.admit.secret.character.Shapes;

/**
 * Telephone numbers. International: + or 00, a country's calling code and as many digits as its
 * numbers have. National: forms that only telephone numbers are written in (555-123-4567, 020 7946
 * 0958, 06 12 34 56 78, 030/1234567, 090-1234-5678 …), and any other groups of 7 to 12 digits
 * behind a word that announces a number ({@link PhoneWords}). Terms of a sum, parts of longer runs
 * of groups, dates and numbers without any such form are numbers. Pure.
 */
public final class PhoneNumber {
  private static final int FEWEST_NAMED = 7;
  private static final int MOST_NAMED = 12;
  private static final int CODE_DIGITS = 4;

  private PhoneNumber() {}

  /** Where the number that begins with this + ends, or -1. */
  public static int endOfInternational(String text, int plus) {
    if (Shapes.isAlphanumeric(Shapes.at(text, plus - 1))
        || !Shapes.isDigit(Shapes.at(text, plus + 1))) {
      return -1;
    }
    DigitGroups groups = DigitGroups.of(text, plus + 1);
    boolean isDecimal = groups.count() == 2 && groups.isSeparatedBy('.');
    return !isDecimal
            && CallingCodes.isNumber(
                groups.first(CODE_DIGITS), groups.digits() - groups.trunkDigits())
            && !isTerm(text, plus, groups.end())
        ? groups.end()
        : -1;
  }

  /** Where the national number that begins with this digit or parenthesis ends, or -1. */
  public static int endOfLocal(String text, int start) {
    if (!mayBegin(text, start)) {
      return -1;
    }
    if (Shapes.isToken(Shapes.at(text, start - 1)) || Shapes.at(text, start - 1) == '.') {
      return -1;
    }
    DigitGroups groups = DigitGroups.of(text, start);
    if (groups.digits() < FEWEST_NAMED
        || groups.isPartOfMore()
        || isTime(groups)
        || isInRow(text, start)) {
      return -1;
    }
    boolean isNumber =
        isInternational(groups)
            || (NationalForms.isOne(groups) && !PhoneWords.nameAnother(text, start))
            || (groups.digits() <= MOST_NAMED
                && !groups.isDecimal()
                && PhoneWords.standBefore(text, start, groups));
    return isNumber && !isTerm(text, start, groups.end()) ? groups.end() : -1;
  }

  /** Behind another number, or behind bytes as dumps show them: A0, --. */
  private static boolean isInRow(String text, int start) {
    char last = Shapes.at(text, start - 2);
    char before = Shapes.at(text, start - 3);
    boolean isByte =
        isByte(last) && isByte(before) && !Character.isLetterOrDigit(Shapes.at(text, start - 4));
    return Shapes.at(text, start - 1) == ' '
        && (Shapes.isDigit(last) || isByte || (last == '-' && before == '-'));
  }

  private static boolean isByte(char c) {
    return Shapes.isDigit(c) || (c >= 'A' && c <= 'F');
  }

  private static boolean isTime(DigitGroups groups) {
    return groups.isDate() || groups.isPeriod();
  }

  /** Most numbers in texts are short and alone: they are let go before anything is counted. */
  private static boolean mayBegin(String text, int start) {
    boolean opens = text.charAt(start) == '(';
    int end = opens ? start + 1 : start;
    while (end < text.length() && Shapes.isDigit(text.charAt(end))) {
      end++;
    }
    if (opens) {
      return end > start + 1 && Shapes.at(text, end) == ')';
    }
    char next = Shapes.at(text, end + 1);
    return end - start >= FEWEST_NAMED
        || Shapes.isDigit(next)
        || next == '('
        || next == '/'
        || next == '-';
  }

  /** 00 instead of +, in groups, of which the code ends one. */
  private static boolean isInternational(DigitGroups groups) {
    String digits = groups.first(2 + CODE_DIGITS);
    int first = groups.length(0);
    boolean endsCode =
        first == 2 || (first > 2 && CallingCodes.isCode(digits.substring(2, Math.min(6, first))));
    return groups.count() > 1
        && endsCode
        && digits.startsWith("00")
        && digits.charAt(2) != '0'
        && groups.digit(1, 0) != '0'
        && CallingCodes.isNumber(digits.substring(2), groups.digits() - 2);
  }

  /** Whether it stands between signs of arithmetic, or behind another number. */
  private static boolean isTerm(String text, int start, int end) {
    int before = start - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    int after = end;
    while (Shapes.at(text, after) == ' ' && after < text.length()) {
      after++;
    }
    boolean follows =
        "+*/%^=<>".indexOf(Shapes.at(text, after)) >= 0 || text.startsWith("- +", after);
    return follows || isOperand(text, before, start);
  }

  private static boolean isOperand(String text, int before, int start) {
    char c = Shapes.at(text, before);
    if (c == '=') {
      // A form's field, tel=…, is no equation.
      return !Shapes.isLower(Shapes.at(text, before - 1)) || !PhoneWords.endAt(text, before);
    }
    boolean isNumber = Shapes.isDigit(c) && Shapes.at(text, start) == '+';
    return isNumber || "+*/%^<>".indexOf(c) >= 0;
  }
}
