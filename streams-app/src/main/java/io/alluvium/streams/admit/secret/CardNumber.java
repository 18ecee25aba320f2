package io.alluvium.streams.admit.secret;

/**
 * Payment cards: 13 to 19 digits of a known issuer, single blanks or hyphens between them allowed,
 * with the check digit of ISO/IEC 7812 (Luhn). Pure.
 */
final class CardNumber {
  private static final int LONGEST = 19;

  private CardNumber() {}

  /** Where the number that begins here ends, or -1. */
  static int end(String text, int start) {
    int digits = 0;
    int end = start;
    // Luhn from the left needs the parity of the length: both sums are kept.
    int[] sums = new int[2];
    long head = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Shapes.isDigit(c)) {
        if (digits == LONGEST) {
          return -1;
        }
        int value = c - '0';
        int twice = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sums[0] += digits % 2 == 0 ? twice : value;
        sums[1] += digits % 2 == 0 ? value : twice;
        head = digits < 6 ? head * 10 + value : head;
        digits++;
        end = i + 1;
      } else if ((c != ' ' && c != '-') || i != end || !Shapes.isDigit(Shapes.at(text, i + 1))) {
        break;
      }
    }
    boolean inWord = Shapes.isAlphanumeric(Shapes.at(text, end));
    return !inWord && isIssued(digits, head) && sums[digits % 2] % 10 == 0 ? end : -1;
  }

  /** Visa; Mastercard; American Express; Discover; JCB; Diners; UnionPay. */
  private static boolean isIssued(int digits, long sixDigits) {
    if (digits < 13) {
      return false;
    }
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
