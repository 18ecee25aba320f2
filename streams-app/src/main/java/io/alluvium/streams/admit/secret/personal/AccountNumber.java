package io.alluvium.streams.admit.secret.personal;

import io.alluvium.streams.admit.secret.character.Shapes;
import java.util.Map;

/**
 * IBAN (ISO 13616, with the lengths of its registry): country, two check digits, the country's
 * number of letters and digits; single blanks or hyphens between them allowed; the remainder modulo
 * 97 is 1. Pure.
 */
public final class AccountNumber {
  private static final Map<String, Integer> LENGTHS =
      Map.ofEntries(
          Map.entry("AD", 24),
          Map.entry("AE", 23),
          Map.entry("AL", 28),
          Map.entry("AT", 20),
          Map.entry("AZ", 28),
          Map.entry("BA", 20),
          Map.entry("BE", 16),
          Map.entry("BG", 22),
          Map.entry("BH", 22),
          Map.entry("BI", 27),
          Map.entry("BR", 29),
          Map.entry("BY", 28),
          Map.entry("CH", 21),
          Map.entry("CR", 22),
          Map.entry("CY", 28),
          Map.entry("CZ", 24),
          Map.entry("DE", 22),
          Map.entry("DJ", 27),
          Map.entry("DK", 18),
          Map.entry("DO", 28),
          Map.entry("EE", 20),
          Map.entry("EG", 29),
          Map.entry("ES", 24),
          Map.entry("FI", 18),
          Map.entry("FK", 18),
          Map.entry("FO", 18),
          Map.entry("FR", 27),
          Map.entry("GB", 22),
          Map.entry("GE", 22),
          Map.entry("GI", 23),
          Map.entry("GL", 18),
          Map.entry("GR", 27),
          Map.entry("GT", 28),
          Map.entry("HN", 28),
          Map.entry("HR", 21),
          Map.entry("HU", 28),
          Map.entry("IE", 22),
          Map.entry("IL", 23),
          Map.entry("IQ", 23),
          Map.entry("IS", 26),
          Map.entry("IT", 27),
          Map.entry("JO", 30),
          Map.entry("KW", 30),
          Map.entry("KZ", 20),
          Map.entry("LB", 28),
          Map.entry("LC", 32),
          Map.entry("LI", 21),
          Map.entry("LT", 20),
          Map.entry("LU", 20),
          Map.entry("LV", 21),
          Map.entry("LY", 25),
          Map.entry("MC", 27),
          Map.entry("MD", 24),
          Map.entry("ME", 22),
          Map.entry("MK", 19),
          Map.entry("MN", 20),
          Map.entry("MR", 27),
          Map.entry("MT", 31),
          Map.entry("MU", 30),
          Map.entry("NI", 28),
          Map.entry("NL", 18),
          Map.entry("NO", 15),
          Map.entry("OM", 23),
          Map.entry("PK", 24),
          Map.entry("PL", 28),
          Map.entry("PS", 29),
          Map.entry("PT", 25),
          Map.entry("QA", 29),
          Map.entry("RO", 24),
          Map.entry("RS", 22),
          Map.entry("RU", 33),
          Map.entry("SA", 24),
          Map.entry("SC", 31),
          Map.entry("SD", 18),
          Map.entry("SE", 24),
          Map.entry("SI", 19),
          Map.entry("SK", 24),
          Map.entry("SM", 27),
          Map.entry("SO", 23),
          Map.entry("ST", 25),
          Map.entry("SV", 28),
          Map.entry("TL", 23),
          Map.entry("TN", 24),
          Map.entry("TR", 26),
          Map.entry("UA", 29),
          Map.entry("VA", 22),
          Map.entry("VG", 24),
          Map.entry("XK", 20),
          Map.entry("YE", 30));

  private AccountNumber() {}

  /** Where the number that begins here ends, or -1. */
  public static int end(String text, int start) {
    boolean begins =
        Shapes.isUpper(Shapes.at(text, start + 1))
            && Shapes.isDigit(Shapes.at(text, start + 2))
            && Shapes.isDigit(Shapes.at(text, start + 3));
    Integer length =
        begins && isChecked(text, start + 2) ? LENGTHS.get(text.substring(start, start + 2)) : null;
    return length == null ? -1 : end(text, start, length);
  }

  /** Remainders are 98 less 0 to 96: 00, 01 and 99 check nothing. */
  private static boolean isChecked(String text, int digits) {
    int check = (text.charAt(digits) - '0') * 10 + text.charAt(digits + 1) - '0';
    return check >= 2 && check <= 98;
  }

  private static int end(String text, int start, int length) {
    int characters = 0;
    int rest = 0;
    int i = start;
    for (; i < text.length() && characters < length; i++) {
      char c = text.charAt(i);
      if (Shapes.isDigit(c) || Shapes.isUpper(c)) {
        rest = characters < 4 ? 0 : appended(rest, c);
        characters++;
      } else if (!isSeparator(c) || isSeparator(Shapes.at(text, i - 1))) {
        return -1;
      }
    }
    boolean whole = characters == length && !Shapes.isAlphanumeric(Shapes.at(text, i));
    return whole && checks(rest, text, start) ? i : -1;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-' || c == '\u00a0';
  }

  /** The first four characters count as if they stood at the end. */
  private static boolean checks(int rest, String text, int start) {
    int remainder = rest;
    for (int i = start; i < start + 4; i++) {
      remainder = appended(remainder, text.charAt(i));
    }
    return remainder == 1;
  }

  /** The remainder of the number with one more character: a letter is two digits, A is 10. */
  private static int appended(int remainder, char c) {
    return Shapes.isDigit(c)
        ? (remainder * 10 + (c - '0')) % 97
        : (remainder * 100 + (c - 'A' + 10)) % 97;
  }
}
