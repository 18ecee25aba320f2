package io.alluvium.streams.admit.secret.character;

import java.util.Arrays;

/**
 * Groups of digits with one separator between two: a blank, hyphen, dot, slash with or without
 * blanks, or parentheses around one of the first two groups. Pure.
 */
public final class DigitGroups {
  private static final int MOST_GROUPS = 8;
  private static final int MOST_DIGITS = 20;
  private static final int YEARS_FROM = 1500;
  private static final int YEARS_UNTIL = 2100;

  private final String text;
  private final int[] starts = new int[MOST_GROUPS];
  private final int[] lengths = new int[MOST_GROUPS];
  private final char[] separators = new char[MOST_GROUPS];
  private int count;
  private int digits;
  private int end;
  private boolean inParentheses;
  private boolean isBroken;

  private DigitGroups(String text) {
    this.text = text;
  }

  /** Those that begin at a digit or at the parenthesis before one. */
  public static DigitGroups of(String text, int start) {
    DigitGroups groups = new DigitGroups(text);
    groups.read(start);
    return groups;
  }

  private void read(int start) {
    int i = start;
    char separator = ' ';
    while (count < MOST_GROUPS && digits <= MOST_DIGITS) {
      boolean opens = Shapes.at(text, i) == '(' && count < 2 && !inParentheses;
      int from = opens ? i + 1 : i;
      int to = from;
      while (Shapes.isDigit(Shapes.at(text, to))) {
        to++;
      }
      if (to == from || (opens && Shapes.at(text, to) != ')')) {
        break;
      }
      add(from, to, separator);
      end = opens ? to + 1 : to;
      inParentheses |= opens;
      separator = Shapes.at(text, end);
      i = afterSeparator(end, opens);
      if (i < 0) {
        break;
      }
      if (separator == ' ' && count >= 3 && "-.".indexOf(separators[count - 1]) >= 0) {
        // Another number, or the rest of one that is no telephone's.
        isBroken = isHyphenated(i);
        break;
      }
    }
    char after = Shapes.at(text, end);
    isBroken |=
        Shapes.isToken(after)
            || ((after == ':' || after == '.') && Shapes.isDigit(Shapes.at(text, end + 1)));
  }

  /** Whether digits from here on have a hyphen and further ones behind them. */
  private boolean isHyphenated(int from) {
    int i = from;
    while (Shapes.isDigit(Shapes.at(text, i))) {
      i++;
    }
    return Shapes.at(text, i) == '-' && Shapes.isDigit(Shapes.at(text, i + 1));
  }

  private void add(int from, int to, char separator) {
    starts[count] = from;
    lengths[count] = to - from;
    separators[count] = separator;
    count++;
    digits += to - from;
  }

  /** Where the next group would begin, or -1. */
  private int afterSeparator(int at, boolean isClosed) {
    char c = Shapes.at(text, at);
    char next = Shapes.at(text, at + 1);
    boolean isNext = Shapes.isDigit(next) || (next == '(' && c == ' ');
    boolean isOpened = c == '(' && Shapes.isDigit(next) && count < 2 && !inParentheses;
    if ((isClosed && Shapes.isDigit(c)) || isOpened) {
      return at;
    } else if (at < text.length() && " -./\u00a0\u2011".indexOf(c) >= 0 && isNext) {
      return at + 1;
    }
    boolean isSpaced = c == ' ' && (next == '/' || next == '-') && Shapes.at(text, at + 2) == ' ';
    return isSpaced && Shapes.isDigit(Shapes.at(text, at + 3)) ? at + 3 : -1;
  }

  /** How many groups there are, at most 8. */
  public int count() {
    return count;
  }

  /** How many digits they have together. */
  public int digits() {
    return digits;
  }

  /** After the last of them in the text, its parenthesis included. */
  public int end() {
    return end;
  }

  /** Digits of a group, 0 beyond the last. */
  public int length(int group) {
    return group < count ? lengths[group] : 0;
  }

  /** Whether one stands in parentheses. */
  public boolean hasParentheses() {
    return inParentheses;
  }

  /** The first digits, fewer where there are fewer. */
  public String first(int most) {
    StringBuilder first = new StringBuilder(most);
    for (int i = starts[0]; i < end && first.length() < most; i++) {
      if (Shapes.isDigit(text.charAt(i))) {
        first.append(text.charAt(i));
      }
    }
    return first.toString();
  }

  /** The digit at a place of a group. */
  public char digit(int group, int place) {
    return Shapes.at(text, starts[group] + place);
  }

  /** Whether these are the lengths of all groups. */
  public boolean haveLengths(int... wanted) {
    return count == wanted.length && Arrays.equals(wanted, 0, count, lengths, 0, count);
  }

  /** Whether all separators are this one. */
  public boolean isSeparatedBy(char separator) {
    for (int i = 1; i < count; i++) {
      if (separators[i] != separator) {
        return false;
      }
    }
    return count > 1;
  }

  /** Whether letters, hyphens or further digits go on where the groups end. */
  public boolean isPartOfMore() {
    return isBroken;
  }

  /** Two groups with a dot between. */
  public boolean isDecimal() {
    return count == 2 && separators[1] == '.';
  }

  /**
   * A number written in thousands; mobile numbers of nine digits that begin with 6 to 9 are none.
   */
  public boolean areThousands() {
    for (int i = 1; i < count; i++) {
      if (lengths[i] != 3) {
        return false;
      }
    }
    return lengths[0] <= 3 && !(digits == 9 && digit(0, 0) >= '6');
  }

  /** 1 where a 0 stands in parentheses, which is not dialled from abroad: +44 (0)20 … */
  public int trunkDigits() {
    return inParentheses && length(1) == 1 && digit(1, 0) == '0' ? 1 : 0;
  }

  /** From one year to a later one. */
  public boolean isPeriod() {
    return count == 2 && isYear(0) && isYear(1);
  }

  /** Whether a group is a year in which somebody numbers files and invoices today. */
  public boolean isRecentYear(int group) {
    return length(group) == 4
        && (text.startsWith("199", starts[group])
            || (text.startsWith("20", starts[group]) && digit(group, 2) < '4'));
  }

  private boolean isYear(int group) {
    if (length(group) != 4) {
      return false;
    }
    int year = Integer.parseInt(text.substring(starts[group], starts[group] + 4));
    return year >= YEARS_FROM && year < YEARS_UNTIL;
  }

  /** Day, month, year in one of their orders, or hours behind them. */
  public boolean isDate() {
    return count >= 3
        && ((lengths[0] <= 2 && lengths[1] <= 2 && isYear(2))
            || (lengths[1] <= 2 && lengths[2] <= 2 && isYear(0)));
  }
}
