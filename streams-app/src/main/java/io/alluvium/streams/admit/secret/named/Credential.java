package io.alluvium.streams.admit.secret.named;

import io.alluvium.streams.admit.secret.character.Shapes;
import io.alluvium.streams.admit.secret.character.Span;
import io.alluvium.streams.admit.secret.literal.SecretNames;
import io.alluvium.streams.admit.secret.literal.SecretValue;

/**
 * A value that is named as a secret by what stands before it in configuration, code and markup:
 * {@code API_KEY=…}, {@code "password": …}, {@code password: String = …}, {@code name="password"
 * value="…"}, {@code setPassword("…")}, {@code define("DB_PASSWORD", "…")}, {@code
 * <password>…</password>}, a table's {@code | password | … |}. Whether the value is one, {@link
 * SecretValue} says. Pure.
 */
public final class Credential {
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_TYPE = 32;
  private static final int MOST_BETWEEN = 8;
  private static final int MOST_INDENT = 32;
  private static final String VALUE = "value";
  private static final String QUOTES = "\"'`";

  private Credential() {}

  /** After the equals sign or colon between a name and a value. */
  public static Span afterSeparator(String text, int separator) {
    if (SecretNames.before(text, separator) >= 0) {
      Span value = value(text, separator + 1);
      boolean isAlone = !value.isFound() && isLineEnd(text, separator + 1);
      return isAlone ? onNextLine(text, separator) : value;
    }
    if (isNamedAside(text, separator)) {
      return value(text, separator + 1);
    }
    return isTyped(text, separator) ? literal(text, valueStart(text, separator + 1)) : Span.NONE;
  }

  /** After the bar between the cells of a table, of passwords. */
  public static Span afterBar(String text, int bar) {
    if (Shapes.at(text, bar + 1) != ' ' || SecretNames.ofPasswordBefore(text, bar) < 0) {
      return Span.NONE;
    }
    int start = valueStart(text, bar + 1);
    int end = SecretValue.endInProse(text, start);
    boolean isCell = end >= 0 && Shapes.at(text, end) == ' ' && Shapes.at(text, end + 1) == '|';
    return isCell ? new Span(start, end) : Span.NONE;
  }

  /** What an element holds whose name ends in that of a secret. */
  public static Span inElement(String text, int bracket) {
    int name =
        Shapes.isLetter(Shapes.at(text, bracket - 1)) ? SecretNames.before(text, bracket) : -1;
    if (name < 0 || Shapes.at(text, SecretNames.wordStart(text, name, LONGEST_NAME) - 1) != '<') {
      return Span.NONE;
    }
    int end = SecretValue.endOfLiteral(text, bracket + 1);
    return end >= 0 && text.startsWith("</", end) ? new Span(bracket + 1, end) : Span.NONE;
  }

  /** The one literal of {@code setPassword(…)}, {@code withToken(…)} or {@code .password(…)}. */
  public static Span inCall(String text, int parenthesis) {
    boolean isCall =
        Shapes.isLetter(Shapes.at(text, parenthesis - 1))
            && QUOTES.indexOf(Shapes.at(text, parenthesis + 1)) >= 0;
    int name = isCall ? SecretNames.before(text, parenthesis) : -1;
    return name >= 0 && isSetter(text, name) ? literal(text, parenthesis + 2) : Span.NONE;
  }

  private static boolean isSetter(String text, int name) {
    int word = name;
    while (word > 0 && name - word < LONGEST_NAME && isOfWord(text.charAt(word - 1))) {
      word--;
    }
    return word == name
        ? Shapes.at(text, name - 1) == '.'
        : text.regionMatches(/* ignoreCase= */ true, word, "set", 0, 3)
            || text.regionMatches(/* ignoreCase= */ true, word, "with", 0, 4);
  }

  private static boolean isOfWord(char c) {
    return Shapes.isAlphanumeric(c) || c == '_';
  }

  /** The second literal of a call whose first is the name of a secret. */
  public static Span afterComma(String text, int comma) {
    char quote = Shapes.at(text, comma - 1);
    int name = QUOTES.indexOf(quote) >= 0 ? SecretNames.before(text, comma) : -1;
    if (name < 0) {
      return Span.NONE;
    }
    int word = SecretNames.wordStart(text, name, LONGEST_NAME);
    boolean isFirst = Shapes.at(text, word - 1) == quote && Shapes.at(text, word - 2) == '(';
    int start = valueStart(text, comma + 1);
    return isFirst && SecretValue.isQuoted(text, start) && SecretValue.isMixed(text, start)
        ? literal(text, start)
        : Span.NONE;
  }

  /** {@code name="password" value="…"}, {@code {"name": "DB_PASSWORD", "value": "…"}}. */
  private static boolean isNamedAside(String text, int separator) {
    int end = separator;
    while (end > 0 && " \"'".indexOf(text.charAt(end - 1)) >= 0 && separator - end < 2) {
      end--;
    }
    int start = end - VALUE.length();
    if (Character.toLowerCase(Shapes.at(text, end - 1)) != 'e'
        || start <= 0
        || !text.regionMatches(/* ignoreCase= */ true, start, VALUE, 0, VALUE.length())) {
      return false;
    }
    int name = start;
    boolean isApart = false;
    while (name > 0 && start - name < MOST_INDENT && isBetween(text.charAt(name - 1))) {
      name--;
      isApart |= QUOTES.indexOf(text.charAt(name)) >= 0 || text.charAt(name) == '\n';
    }
    return isApart && SecretNames.before(text, name) >= 0;
  }

  private static boolean isBetween(char c) {
    return c <= ' ' || c == ',' || QUOTES.indexOf(c) >= 0;
  }

  /** {@code password: String = "…"}. */
  private static boolean isTyped(String text, int separator) {
    if (text.charAt(separator) != '=' || !SecretValue.isQuoted(text, valueStart(text, separator))) {
      return false;
    }
    int i = separator;
    while (i > 0 && separator - i < LONGEST_TYPE && isOfType(text.charAt(i - 1))) {
      i--;
    }
    return i < separator - 1
        && Shapes.at(text, i - 1) == ':'
        && SecretNames.before(text, i - 1) >= 0;
  }

  private static boolean isOfType(char c) {
    return Shapes.isAlphanumeric(c) || " _&?<>[].|'".indexOf(c) >= 0;
  }

  private static Span value(String text, int after) {
    int start = valueStart(text, after);
    return Span.of(start, SecretValue.end(text, start));
  }

  private static Span literal(String text, int start) {
    return SecretValue.isName(text, start)
        ? Span.NONE
        : Span.of(start, SecretValue.endOfLiteral(text, start));
  }

  private static boolean isLineEnd(String text, int after) {
    int i = after;
    while (Shapes.at(text, i) == '*' || Shapes.at(text, i) == '\r') {
      i++;
    }
    return Shapes.at(text, i) == '\n';
  }

  /** A password alone on the line below its name. */
  private static Span onNextLine(String text, int separator) {
    if (SecretNames.ofPasswordBefore(text, separator) < 0) {
      return Span.NONE;
    }
    int start = separator + 1;
    while (start < text.length()
        && start - separator < MOST_INDENT
        && (text.charAt(start) <= ' ' || text.charAt(start) == '*')) {
      start++;
    }
    int end = SecretValue.endInProse(text, start);
    boolean isLine = end == text.length() || (end >= 0 && "\r\n".indexOf(text.charAt(end)) >= 0);
    return isLine ? new Span(start, end) : Span.NONE;
  }

  /** Where the value begins that stands after a separator; behind a closed quote there is none. */
  static int valueStart(String text, int after) {
    int start = after;
    while (start < text.length()
        && start - after < MOST_BETWEEN
        && " \"'=>`*".indexOf(text.charAt(start)) >= 0) {
      boolean closes = QUOTES.indexOf(text.charAt(start)) >= 0 && Shapes.at(text, start + 1) == ' ';
      if (closes) {
        return start;
      }
      start++;
    }
    return start;
  }
}
