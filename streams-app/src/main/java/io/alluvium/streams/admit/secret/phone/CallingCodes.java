package io.alluvium.streams.admit.secret.phone;

/**
 * How many digits an international number has, its country's calling code included, by that code
 * (ITU-T E.164 and the numbering plans of the countries, as generous as they are). Pure.
 */
final class CallingCodes {
  private static final int LONGEST_CODE = 3;
  private static final int FEWEST = 9;
  private static final int MOST = 15;

  /** Code, fewest and most digits. */
  private static final int[][] KNOWN = {
    {1, 11, 11}, {7, 11, 11}, {20, 11, 12}, {27, 11, 11}, {30, 12, 12}, {31, 11, 11},
    {32, 10, 11}, {33, 11, 11}, {34, 11, 11}, {36, 10, 11}, {39, 9, 13}, {40, 11, 11},
    {41, 11, 11}, {43, 9, 15}, {44, 11, 12}, {45, 10, 10}, {46, 9, 12}, {47, 10, 10},
    {48, 11, 11}, {49, 10, 14}, {51, 10, 11}, {52, 12, 13}, {54, 12, 13}, {55, 12, 13},
    {56, 11, 11}, {57, 10, 12}, {58, 12, 12}, {60, 10, 12}, {61, 11, 11}, {62, 10, 14},
    {63, 11, 12}, {64, 10, 12}, {65, 10, 10}, {66, 10, 11}, {81, 11, 12}, {82, 10, 12},
    {84, 11, 12}, {86, 12, 13}, {90, 12, 12}, {91, 12, 12}, {92, 11, 12}, {94, 11, 11},
    {95, 10, 12}, {98, 12, 12}
  };

  /** Beginnings of the codes of three digits. */
  private static final String LONG_CODES =
      "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 85 87 88 96 97 99";

  private CallingCodes() {}

  /** Whether a number of so many digits may begin with these. */
  static boolean isNumber(String firstDigits, int digits) {
    for (int[] known : KNOWN) {
      if (firstDigits.startsWith(Integer.toString(known[0]))) {
        return digits >= known[1] && digits <= known[2] && isArea(firstDigits);
      }
    }
    return firstDigits.length() >= LONGEST_CODE
        && LONG_CODES.contains(firstDigits.substring(0, 2))
        && digits >= FEWEST
        && digits <= MOST;
  }

  /** Whether these digits are a code. */
  static boolean isCode(String digits) {
    for (int[] known : KNOWN) {
      if (digits.equals(Integer.toString(known[0]))) {
        return true;
      }
    }
    return digits.length() == LONGEST_CODE && LONG_CODES.contains(digits.substring(0, 2));
  }

  /** No area of North America begins with 0 or 1. */
  private static boolean isArea(String firstDigits) {
    return firstDigits.charAt(0) != '1' || firstDigits.charAt(1) >= '2';
  }
}
