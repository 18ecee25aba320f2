package io.alluvium.streams.admit.secret;

/**
 * Payment cards: 13 to 19 digits of a known issuer, single blanks or hyphens between them allowed,
 * with the check digit of ISO/IEC 7812 (Luhn). Pure.
 */
final class CardNumber {
  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;
  private static final int HEAD = 6;

  private CardNumber() {}

  /** Where the number that begins here ends, or -1. */
  static int end(String text, int start) {
    int digits = 0;
    int end = start;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Shapes.isDigit(c)) {
        if (digits == LONGEST) {
          return -1;
        }
        digits++;
        end = i + 1;
      } else if ((c != ' ' && c != '-') || i != end || !Shapes.isDigit(Shapes.at(text, i + 1))) {
        break;
      }
    }
    return digits >= SHORTEST
            && !Shapes.isAlphanumeric(Shapes.at(text, end))
            && isIssued(digits, head(text, start))
            && checks(text, start, end)
        ? end
        : -1;
  }

  /** The first six digits as a number. */
  private static long head(String text, int start) {
    long head = 0;
    int digits = 0;
    for (int i = start; digits < HEAD; i++) {
      if (Shapes.isDigit(text.charAt(i))) {
        head = head * 10 + (text.charAt(i) - '0');
        digits++;
      }
    }
    return head;
  }

  /** From the right every second digit counts twice. */
  private static boolean checks(String text, int start, int end) {
    int sum = 0;
    boolean twice = false;
    for (int i = end - 1; i >= start; i--) {
      if (Shapes.isDigit(text.charAt(i))) {
        int value = (text.charAt(i) - '0') * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }

  /** Visa; Mastercard; American Express; Discover; JCB; Diners; UnionPay. */
  private static boolean isIssued(int digits, long sixDigits) {
    long two = sixDigits / 10_000;
    long four = sixDigits / 100;
    return switch (digits) {
      case 13, 19 -> two / 10 == 4 || two == 62;
      case 14 -> two == 30 || two == 36 || two == 38;
      case 15 -> two == 34 || two == 37;
      case 16 ->
          two / 10 == 4
              || (two >= 51 && two <= 55)
              || (four >= 2221 && four <= 2720)
              || four == 6011
              || two == 65
              || two == 35
              || two == 62;
      default -> two == 62;
    };
  }
}
