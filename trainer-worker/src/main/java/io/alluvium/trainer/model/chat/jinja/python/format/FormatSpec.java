package io.alluvium.trainer.model.chat.jinja.python.format;

import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.operate.Arithmetic;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format specification as Python's {@code format(value, spec)} reads it.
 *
 * @param fill one character
 * @param align {@code < > ^ =}, or empty
 * @param sign {@code + -} or space, or empty
 * @param alternate whether {@code #} stands in it
 * @param width 0 for none
 * @param grouping {@code , _} or empty
 * @param precision -1 for none
 * @param type one letter, or empty
 */
record FormatSpec(
    String fill,
    String align,
    String sign,
    boolean alternate,
    int width,
    String grouping,
    int precision,
    String type) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?z?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?",
          Pattern.DOTALL);
  private static final int MOST = 1 << 20;

  static FormatSpec parse(String spec) {
    Matcher matcher = SYNTAX.matcher(spec);
    if (!matcher.matches()) {
      throw new PythonError("Invalid format specifier " + Repr.repr(spec));
    }
    boolean zero = matcher.group(5) != null;
    String align = given(matcher, 2);
    return new FormatSpec(
        matcher.group(1) != null ? matcher.group(1) : zero && align.isEmpty() ? "0" : " ",
        zero && align.isEmpty() ? "=0" : align,
        given(matcher, 3),
        matcher.group(4) != null,
        number(given(matcher, 6), 0),
        given(matcher, 7),
        number(given(matcher, 8), -1),
        given(matcher, 9));
  }

  private static String given(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).orElse("");
  }

  private static int number(String digits, int otherwise) {
    if (digits.length() > 7 || (!digits.isEmpty() && Integer.parseInt(digits) > MOST)) {
      throw new PythonError("a width or precision of " + digits + " is too large");
    }
    return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
  }

  /** As {@code format(value, spec)}. */
  static String format(Object value, String spec) {
    if (spec.isEmpty()) {
      return Repr.str(value);
    }
    Optional<String> text = Types.text(value);
    if (text.isPresent()) {
      return parse(spec).text(text.get());
    }
    boolean number = value instanceof Double || Types.integer(value).isPresent();
    if (!number) {
      throw new PythonError("unsupported format string passed to " + Types.name(value));
    }
    return parse(spec).number(value);
  }

  private String text(String value) {
    if (!type.isEmpty() && !type.equals("s")) {
      throw unknown("str");
    }
    if (!sign.isEmpty() || alternate || align.equals("=") || !grouping.isEmpty()) {
      throw new PythonError("format of a string allows no sign, '#', '=' or grouping");
    }
    int length = value.codePointCount(0, value.length());
    String cut =
        precision >= 0 && precision < length
            ? value.substring(0, value.offsetByCodePoints(0, precision))
            : value;
    return pad(cut, "", align.isEmpty() || align.equals("=0") ? "<" : align);
  }

  private String number(Object value) {
    boolean whole = value instanceof BigInteger || value instanceof Boolean;
    if (whole && (type.isEmpty() || "bcdoxXn".contains(type))) {
      if (value instanceof Boolean && type.isEmpty()) {
        return width == 0 && sign.isEmpty()
            ? integer(BigInteger.ZERO.max(bool(value)))
            : integer(bool(value));
      }
      return integer(bool(value));
    }
    if (!type.isEmpty() && !"eEfFgG%n".contains(type)) {
      throw unknown(Types.name(value));
    }
    return real(Arithmetic.toDouble(value));
  }

  private static BigInteger bool(Object value) {
    return Types.integer(value).orElse(BigInteger.ZERO);
  }

  private PythonError unknown(String of) {
    return new PythonError("Unknown format code '%s' for object of type '%s'".formatted(type, of));
  }

  private String integer(BigInteger value) {
    if (precision >= 0) {
      throw new PythonError("Precision not allowed in integer format specifier");
    }
    if (type.equals("c")) {
      return pad(Character.toString(value.intValueExact()), "", align.isEmpty() ? "<" : align);
    }
    int radix =
        switch (type) {
          case "b" -> 2;
          case "o" -> 8;
          case "x", "X" -> 16;
          default -> 10;
        };
    String digits = value.abs().toString(radix);
    String prefix = alternate && radix != 10 ? "0" + type : "";
    String grouped = group(type.equals("X") ? digits.toUpperCase(Locale.ROOT) : digits, radix);
    return pad(grouped, sign(value.signum() < 0) + prefix, align.isEmpty() ? ">" : align);
  }

  private String real(double value) {
    boolean negative = value < 0 || (value == 0 && 1 / value < 0);
    String digits = new RealText(Math.abs(value), alternate).of(type, precision);
    String grouped = Double.isFinite(value) ? group(digits, 10) : digits;
    return pad(grouped, sign(negative), align.isEmpty() ? ">" : align);
  }

  private String sign(boolean negative) {
    return negative ? "-" : sign.equals("-") ? "" : sign;
  }

  private String group(String digits, int radix) {
    if (grouping.isEmpty()) {
      return digits;
    }
    int whole = 0;
    while (whole < digits.length() && Character.digit(digits.charAt(whole), radix) >= 0) {
      whole++;
    }
    int size = radix == 10 ? 3 : 4;
    StringBuilder text = new StringBuilder(digits);
    for (int at = whole - size; at > 0; at -= size) {
      text.insert(at, grouping);
    }
    return text.toString();
  }

  private String pad(String body, String lead, String how) {
    int missing = width - body.codePointCount(0, body.length()) - lead.length();
    boolean inside = how.startsWith("=");
    if (missing <= 0) {
      return lead + body;
    }
    if (inside) {
      String zeros = grouping.isEmpty() ? body : zeroGrouped(body, width - lead.length());
      return grouping.isEmpty() || !fill.equals("0")
          ? new BoundedText().add(lead).add(fill, missing).add(body).toString()
          : lead + zeros;
    }
    int left = how.equals("<") ? 0 : how.equals(">") ? missing : missing / 2;
    return new BoundedText()
        .add(fill, left)
        .add(lead)
        .add(body)
        .add(fill, (long) missing - left)
        .toString();
  }

  /** Zeros before grouped digits are grouped as well. */
  private String zeroGrouped(String body, int wide) {
    String plain = body.replace(grouping, "");
    String grouped = body;
    while (grouped.length() < wide) {
      plain = "0" + plain;
      grouped = group(plain, 10);
    }
    return grouped;
  }
}
