package io.alluvium.trainer.model.chat.jinja.python.text;

import java.util.Locale;
import java.util.function.IntPredicate;

/** Upper and lower case, and the questions of {@code str} about characters. */
public final class Cases {
  private Cases() {}

  /** As {@code str.upper}. */
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** As {@code str.lower}. */
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** As {@code str.casefold}, but for a few rare scripts. */
  static String fold(String text) {
    return lower(upper(text.replace("ẞ", "ss"))).replace('ς', 'σ');
  }

  /** As {@code str.capitalize}. */
  public static String capitalize(String text) {
    int first = text.isEmpty() ? 0 : Character.charCount(text.codePointAt(0));
    return titled(text.substring(0, first)) + lower(text.substring(first));
  }

  /** As {@code str.title}. */
  static String title(String text) {
    StringBuilder title = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      int end = from;
      while (end < text.length() && cased(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      title.append(capitalize(text.substring(from, end)));
      if (end < text.length()) {
        int next = end + Character.charCount(text.codePointAt(end));
        title.append(text, end, next);
        end = next;
      }
      from = end;
    }
    return title.toString();
  }

  private static String titled(String character) {
    if (character.isEmpty()) {
      return character;
    }
    String upper = upper(character);
    if (upper.codePointCount(0, upper.length()) == 1) {
      return Character.toString(Character.toTitleCase(character.codePointAt(0)));
    }
    int first = Character.charCount(upper.codePointAt(0));
    return cased(upper.codePointAt(0))
        ? upper.substring(0, first) + lower(upper.substring(first))
        : upper;
  }

  /** As {@code str.swapcase}. */
  static String swap(String text) {
    StringBuilder swapped = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            c -> swapped.append(Character.isUpperCase(c.codePointAt(0)) ? lower(c) : upper(c)));
    return swapped.toString();
  }

  static boolean cased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  static boolean all(String text, IntPredicate each) {
    return !text.isEmpty() && text.codePoints().allMatch(each);
  }

  static boolean digits(String text) {
    return all(text, c -> Character.isDigit(c) || superscript(c));
  }

  private static boolean superscript(int c) {
    return c == 0xB2
        || c == 0xB3
        || c == 0xB9
        || c == 0x2070
        || (c >= 0x2074 && c <= 0x2079)
        || (c >= 0x2080 && c <= 0x2089)
        || (c >= 0x2460 && c <= 0x2468);
  }

  static boolean decimals(String text) {
    return all(text, Character::isDigit);
  }

  static boolean numeric(String text) {
    return all(text, Cases::numeric);
  }

  private static boolean numeric(int c) {
    int type = Character.getType(c);
    return Character.isDigit(c)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER
        || "〇一二三四五六七八九十百千万億兆".indexOf(c) >= 0;
  }

  static boolean letters(String text) {
    return all(text, Character::isLetter);
  }

  static boolean alphanumeric(String text) {
    return all(text, c -> Character.isLetter(c) || numeric(c));
  }

  /** As {@code str.isupper}. */
  public static boolean upperCased(String text) {
    return text.codePoints().anyMatch(Cases::cased)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  /** As {@code str.islower}. */
  public static boolean lowerCased(String text) {
    return text.codePoints().anyMatch(Cases::cased)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  static boolean titleCased(String text) {
    return text.codePoints().anyMatch(Cases::cased) && text.equals(title(text));
  }
}
