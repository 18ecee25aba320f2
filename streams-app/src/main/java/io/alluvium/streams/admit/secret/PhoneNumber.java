package io.alluvium.streams.admit.secret;

/**
 * Telephone numbers. International: + or 00, a country's calling code and as many digits as its
 * numbers have. National: forms that only telephone numbers are written in (555-123-4567, 020 7946
 * 0958, 06 12 34 56 78, 030/1234567, 090-1234-5678 …), and any other groups of 7 to 12 digits
 * behind a word that announces a number ({@link PhoneWords}). Terms of a sum, parts of longer runs
 * of groups, dates and numbers without any such form are numbers. Pure.
 */
final class PhoneNumber {
  private static final int FEWEST_NAMED = 7;
  private static final int MOST_NAMED = 12;
  private static final int CODE_DIGITS = 4;

  private PhoneNumber() {}

  /** Where the number that begins with this + ends, or -1. */
  static int endOfInternational(String text, int plus) {
    if (Shapes.isAlphanumeric(Shapes.at(text, plus - 1))
        || !Shapes.isDigit(Shapes.at(text, plus + 1))) {
      return -1;
    }
    DigitGroups groups = DigitGroups.of(text, plus + 1);
    boolean isDecimal = groups.count() == 2 && groups.isSeparatedBy('.');
    return !isDecimal
            && CallingCodes.isNumber(groups.first(CODE_DIGITS), groups.digits())
            && !isTerm(text, plus, groups.end())
        ? groups.end()
        : -1;
  }

  /** Where the national number that begins with this digit or parenthesis ends, or -1. */
  static int endOfLocal(String text, int start) {
    if (Shapes.isToken(Shapes.at(text, start - 1))
        || Shapes.at(text, start - 1) == '.'
        || isBehindGroup(text, start)) {
      return -1;
    }
    DigitGroups groups = DigitGroups.of(text, start);
    if (groups.digits() < FEWEST_NAMED || groups.isPartOfMore() || groups.isDate()) {
      return -1;
    }
    boolean isNumber =
        isInternational(groups)
            || NationalForms.isOne(groups)
            || (groups.digits() <= MOST_NAMED
                && !groups.isDecimal()
                && PhoneWords.standBefore(text, start, groups));
    return isNumber && !isTerm(text, start, groups.end()) ? groups.end() : -1;
  }

  /** Four digits and a blank before it: the rest of a longer number, as of a card's. */
  private static boolean isBehindGroup(String text, int start) {
    for (int i = 2; i <= 5; i++) {
      if (!Shapes.isDigit(Shapes.at(text, start - i))) {
        return false;
      }
    }
    char between = Shapes.at(text, start - 1);
    return between == ' ' || between == '-' || between == '\u00a0';
  }

  /** 00 instead of +, in groups. */
  private static boolean isInternational(DigitGroups groups) {
    String digits = groups.first(2 + CODE_DIGITS);
    return groups.count() > 1
        && digits.startsWith("00")
        && digits.charAt(2) != '0'
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
    boolean follows = "+*/%^=<>".indexOf(Shapes.at(text, after)) >= 0;
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
