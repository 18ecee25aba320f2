package io.alluvium.streams.admit.secret;

/**
 * Telephone numbers: + and 8 to 15 digits (E.164) with single separators, but for a decimal number
 * with a sign, or ten digits as 555-123-4567, 555.123.4567 or (555) 123-4567. Numbers without any
 * such form are numbers. Pure.
 */
final class PhoneNumber {
  private static final int FEWEST = 8;
  private static final int MOST = 15;

  private PhoneNumber() {}

  /** Where the number that begins with this + ends, or -1. */
  static int endOfInternational(String text, int plus) {
    if (Shapes.isAlphanumeric(Shapes.at(text, plus - 1))
        || !Shapes.isDigit(Shapes.at(text, plus + 1))) {
      return -1;
    }
    int digits = 0;
    int separators = 0;
    int end = plus;
    for (int i = plus + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Shapes.isDigit(c)) {
        separators += i > end && digits > 0 ? 1 : 0;
        digits++;
        end = i + 1;
      } else if (" -.()/".indexOf(c) < 0 || i - end > 1) {
        break;
      }
    }
    boolean isDecimal = separators == 1 && text.substring(plus, end).indexOf('.') >= 0;
    return digits >= FEWEST && digits <= MOST && !isDecimal ? end : -1;
  }

  /** Where the North American number that begins here ends, or -1. */
  static int endOfLocal(String text, int start) {
    boolean inParentheses = text.charAt(start) == '(';
    int area = inParentheses ? start + 1 : start;
    if (!areDigits(text, area, 3) || Shapes.isDigit(Shapes.at(text, start - 1))) {
      return -1;
    }
    int next = area + 3;
    char separator = Shapes.at(text, next);
    if (inParentheses) {
      if (separator != ')') {
        return -1;
      }
      next += Shapes.at(text, next + 1) == ' ' ? 2 : 1;
    } else if (separator == '-' || separator == '.') {
      next++;
    } else {
      return -1;
    }
    return endOfSubscriber(text, next);
  }

  private static int endOfSubscriber(String text, int start) {
    char separator = Shapes.at(text, start + 3);
    boolean whole =
        areDigits(text, start, 3)
            && (separator == '-' || separator == '.')
            && areDigits(text, start + 4, 4)
            && !Shapes.isToken(Shapes.at(text, start + 8));
    return whole ? start + 8 : -1;
  }

  private static boolean areDigits(String text, int start, int count) {
    for (int i = start; i < start + count; i++) {
      if (!Shapes.isDigit(Shapes.at(text, i))) {
        return false;
      }
    }
    return true;
  }
}
