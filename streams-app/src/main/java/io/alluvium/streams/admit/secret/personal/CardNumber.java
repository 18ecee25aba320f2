package io.alluvium.streams.admit.secret.personal;

import io.alluvium.streams.admit.secret.character.Shapes;

/**
 * Payment cards: 13 to 19 digits of a known issuer, in the groups that cards show, with single
 * blanks or hyphens between them, and with the check digit of ISO/IEC 7812 (Luhn). Pure.
 */
public final class CardNumber {
  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;
  private static final int HEAD = 6;
  private static final int GROUP = 4;

  private CardNumber() {}

  /**
   * Where the number that begins here ends, or -1: of the places where its groups end the last at
   * which it is a number, for a date or a security code may stand behind it.
   */
  public static int end(String text, int start) {
    int end = mayBegin(text, start) ? groupsEnd(text, start) : -1;
    return end < 0 || isPartOfMore(text, start, end) ? -1 : end;
  }

  /** Digits of a decimal number, or four columns of a table of such groups. */
  private static boolean isPartOfMore(String text, int start, int end) {
    boolean isDecimal =
        (Shapes.at(text, start - 1) == '.' && Shapes.isDigit(Shapes.at(text, start - 2)))
            || (Shapes.at(text, end) == '.' && Shapes.isDigit(Shapes.at(text, end + 1)));
    return isDecimal
        || isCell(text, start - GROUP - 1)
        || (isCell(text, end + 1) && isCell(text, end + GROUP + 2));
  }

  /** Four digits, decimal or hexadecimal, between blanks. */
  private static boolean isCell(String text, int start) {
    if (start < 0 || Shapes.at(text, start - 1) > ' ' || Shapes.at(text, start + GROUP) > ' ') {
      return false;
    }
    for (int i = start; i < start + GROUP; i++) {
      char c = Shapes.at(text, i);
      if (!Shapes.isDigit(c) && (c < 'A' || c > 'F')) {
        return false;
      }
    }
    return true;
  }

  /** Cards begin with four or six digits and a separator, or are all digits. */
  private static boolean mayBegin(String text, int start) {
    int end = start;
    while (end < text.length() && Shapes.isDigit(text.charAt(end))) {
      end++;
    }
    int first = end - start;
    boolean isGroup = first == 4 || first == 6;
    return first >= SHORTEST || (isGroup && Shapes.isDigit(Shapes.at(text, end + 1)));
  }

  private static int groupsEnd(String text, int start) {
    int digits = 0;
    int groups = 1;
    int group = 0;
    int found = -1;
    Grouping grouping = new Grouping();
    int i = start;
    while (digits < LONGEST && Shapes.isDigit(Shapes.at(text, i))) {
      digits++;
      group++;
      char after = Shapes.at(text, i + 1);
      if (Shapes.isDigit(after)) {
        i++;
        continue;
      }
      grouping.add(group);
      boolean isWhole = digits >= SHORTEST && !Shapes.isAlphanumeric(after) && after != '_';
      if (isWhole
          && grouping.isOfCards(digits)
          && isIssued(digits, head(text, start), groups > 1)
          && checks(text, start, i + 1)
          && !isArticle(text, start, digits)) {
        found = i + 1;
      }
      boolean goesOn =
          (after == ' ' || after == '-' || after == '\u00a0')
              && Shapes.isDigit(Shapes.at(text, i + 2));
      if (!goesOn || (groups++ > 1 && after != grouping.separator)) {
        break;
      }
      grouping.separator = after;
      group = 0;
      i += 2;
    }
    return found;
  }

  /** Thirteen digits that are an article number (EAN) with the check digit of that. */
  private static boolean isArticle(String text, int start, int digits) {
    int sum = 0;
    for (int i = 0; i < SHORTEST; i++) {
      sum += (Shapes.at(text, start + i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return digits == SHORTEST && sum % 10 == 0;
  }

  /** The lengths of the groups so far. */
  private static final class Grouping {
    private static final int MOST = 5;
    private final int[] lengths = new int[MOST + 1];
    private int count;
    private char separator = ' ';

    void add(int length) {
      if (count <= MOST) {
        lengths[count++] = length;
      }
    }

    /** All in one, in fours with a rest, 4-6-5 and 4-6-4, 6-13. */
    boolean isOfCards(int digits) {
      if (count == 1) {
        return true;
      }
      boolean inFours = count <= MOST && lengths[count - 1] <= 4;
      for (int i = 0; i < count - 1; i++) {
        inFours &= lengths[i] == 4;
      }
      boolean isAmerican = count == 3 && lengths[0] == 4 && lengths[1] == 6 && digits <= 15;
      boolean isChinese = count == 2 && lengths[0] == 6 && lengths[1] == 13;
      return inFours || isAmerican || isChinese;
    }
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

  /**
   * Visa, of 19 digits only in groups, for so long are many numbers; Mastercard; American Express;
   * Discover; JCB; Diners; UnionPay.
   */
  private static boolean isIssued(int digits, long sixDigits, boolean isGrouped) {
    long two = sixDigits / 10_000;
    long four = sixDigits / 100;
    return switch (digits) {
      case 13 -> two / 10 == 4;
      case 19 -> two == 62 || (isGrouped && two / 10 == 4);
      case 14 -> two == 30 || two == 36 || two == 38;
      case 15 -> two == 34 || two == 37;
      case 16 ->
          two / 10 == 4
              || (four == 5018 || four == 5020 || four == 5038 || four == 6304)
              || (two >= 51 && two <= 55)
              || (four >= 2221 && four <= 2720)
              || four == 6011
              || two == 65
              || (sixDigits >= 644_000 && sixDigits < 650_000)
              || two == 35
              || two == 62;
      default -> two == 62;
    };
  }
}
