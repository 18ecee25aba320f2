package io.alluvium.trainer.model.chat.jinja.token;

/**
 * What stands between the marks of a string, with Python's escapes.
 *
 * @param source between the marks
 * @param line where the string begins
 */
record Escapes(String source, int line) {
  String text() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\\' && at + 1 < source.length()) {
        at = escape(at + 1, text);
      } else {
        text.append(c);
        at++;
      }
    }
    return text.toString();
  }

  /** Reads the escape whose letter stands here; gives where it ends. */
  private int escape(int at, StringBuilder text) {
    char letter = source.charAt(at);
    int plain = "\\'\"abfnrtv\n".indexOf(letter);
    if (plain >= 0) {
      text.append(letter == '\n' ? "" : "\\'\"\u0007\b\f\n\r\t\u000b".substring(plain, plain + 1));
      return at + 1;
    }
    if (letter >= '0' && letter <= '7') {
      return octal(at, text);
    }
    return switch (letter) {
      case 'x' -> hex(at, 2, text);
      case 'u' -> hex(at, 4, text);
      case 'U' -> hex(at, 8, text);
      case 'N' -> named(at, text);
      default -> unknown(at, text);
    };
  }

  private int octal(int from, StringBuilder text) {
    int at = from;
    int value = 0;
    while (at < source.length() && at < from + 3 && Character.digit(source.charAt(at), 8) >= 0) {
      value = value * 8 + Character.digit(source.charAt(at), 8);
      at++;
    }
    text.appendCodePoint(value);
    return at;
  }

  private int hex(int at, int digits, StringBuilder text) {
    String hex = source.substring(at + 1, Math.min(source.length(), at + 1 + digits));
    if (hex.length() < digits || !hex.matches("[0-9a-fA-F]+")) {
      throw new SyntaxError(line, "truncated \\" + source.charAt(at) + " escape in a string");
    }
    long value = Long.parseLong(hex, 16);
    if (value > Character.MAX_CODE_POINT) {
      throw new SyntaxError(line, "illegal Unicode character in a string");
    }
    text.appendCodePoint((int) value);
    return at + 1 + digits;
  }

  private int named(int at, StringBuilder text) {
    int end = source.indexOf('}', at);
    try {
      text.appendCodePoint(Character.codePointOf(source.substring(at + 2, end)));
      return end + 1;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new SyntaxError(line, "unknown Unicode character name in a string");
    }
  }

  /** Python keeps both; of a character beyond ASCII, Jinja makes the digits of its escape. */
  private int unknown(int at, StringBuilder text) {
    int c = source.codePointAt(at);
    text.append('\\');
    if (c < 0x80) {
      text.append((char) c);
    } else {
      text.append(
          c <= 0xff
              ? "x%02x".formatted(c)
              : c <= 0xffff ? "u%04x".formatted(c) : "U%08x".formatted(c));
    }
    return at + Character.charCount(c);
  }
}
