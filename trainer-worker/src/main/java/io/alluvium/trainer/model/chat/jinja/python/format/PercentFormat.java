package io.alluvium.trainer.model.chat.jinja.python.format;

import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.operate.Arithmetic;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Range;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code template % values}. */
public final class PercentFormat {
  private static final Pattern FIELD =
      Pattern.compile("%(?:\\(([^)]*)\\))?([-+ #0]*)(\\*|\\d+)?(?:\\.(\\*|\\d+)?)?[hlL]?(.)?");

  private final Object values;
  private final Iterator<Object> positional;
  private boolean named;

  private PercentFormat(Object values) {
    this.values = values;
    this.positional = (values instanceof Tuple tuple ? tuple.items() : List.of(values)).iterator();
  }

  /** Puts a value, a tuple of values, or a dict of named ones into a text. */
  public static String format(String template, Object values) {
    return new PercentFormat(values).format(template);
  }

  private String format(String template) {
    BoundedText text = new BoundedText();
    Matcher matcher = FIELD.matcher(template);
    int from = 0;
    while (matcher.find(from)) {
      text.add(template.substring(from, matcher.start()));
      text.add(field(matcher));
      from = matcher.end();
    }
    boolean alone = values instanceof Tuple || scalar(values);
    if (alone && positional.hasNext() && !named) {
      throw new PythonError("not all arguments converted during string formatting");
    }
    return text.add(template.substring(from)).toString();
  }

  /** What has no items: of other values, Python lets a template use none. */
  private static boolean scalar(Object value) {
    return Types.text(value).isPresent()
        || !(value instanceof Dict
            || value instanceof List
            || value instanceof Range
            || value instanceof Undefined);
  }

  private String field(Matcher field) {
    String type = Optional.ofNullable(field.group(5)).orElse("");
    if (type.equals("%")) {
      return "%";
    }
    if (type.isEmpty()) {
      throw new PythonError("incomplete format");
    }
    String flags = field.group(2);
    String width = number(field.group(3));
    boolean left = flags.contains("-") || width.startsWith("-");
    boolean point = field.group().substring(0, field.group().length() - 1).contains(".");
    String precision = point ? "0" + number(field.group(4)) : "";
    Object value = value(Optional.ofNullable(field.group(1)));
    String body = body(type, flags, precision, value);
    boolean zeros = flags.contains("0") && !left && "diouxXeEfFgG".contains(type);
    return pad(body, width.isEmpty() ? 0 : Math.abs(Integer.parseInt(width)), left, zeros);
  }

  private String number(@org.jspecify.annotations.Nullable String given) {
    if (given == null) {
      return "";
    }
    String number =
        given.equals("*")
            ? Types.index(value(Optional.empty()))
                .orElseThrow(() -> new PythonError("* wants int"))
                .toString()
            : given;
    if (number.length() > 7) {
      throw new PythonError("a width or precision of " + number + " is too large");
    }
    return number;
  }

  private Object value(Optional<String> name) {
    if (name.isPresent()) {
      named = true;
      if (!(values instanceof Dict dict)) {
        throw new PythonError("format requires a mapping");
      }
      return dict.get(name.get())
          .orElseThrow(() -> new PythonError("KeyError: " + Repr.repr(name.get())));
    }
    if (!positional.hasNext()) {
      throw new PythonError("not enough arguments for format string");
    }
    return positional.next();
  }

  private static String body(String type, String flags, String precision, Object value) {
    String sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    return switch (type) {
      case "s" -> cut(Repr.str(value), precision);
      case "r" -> cut(Repr.repr(value), precision);
      case "a" -> cut(Json.ascii(Repr.repr(value)), precision);
      case "c" -> character(value);
      case "d", "i", "u" -> digits(sign, truncated(type, value), precision);
      case "x", "X", "o" -> radix(type, flags, sign, integer(type, value));
      case "e", "E", "f", "F", "g", "G" ->
          FormatSpec.format(
              real(value),
              sign
                  + (flags.contains("#") ? "#" : "")
                  + (precision.isEmpty() ? "" : "." + precision)
                  + type);
      default ->
          throw new PythonError(
              "unsupported format character '%s' (0x%x)".formatted(type, type.codePointAt(0)));
    };
  }

  private static String cut(String text, String precision) {
    int length = text.codePointCount(0, text.length());
    int most = precision.isEmpty() ? length : Math.min(length, Integer.parseInt(precision));
    return text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static String character(Object value) {
    Optional<String> text = Types.text(value);
    if (text.isPresent() && text.get().codePointCount(0, text.get().length()) == 1) {
      return text.get();
    }
    return Types.index(value)
        .filter(Character::isValidCodePoint)
        .map(Character::toString)
        .orElseThrow(() -> new PythonError("format c requires int or char"));
  }

  private static Object real(Object value) {
    Types.defined(value);
    if (!(value instanceof Double) && Types.integer(value).isEmpty()) {
      throw new PythonError("must be real number, not " + Types.name(value));
    }
    return Arithmetic.toDouble(value);
  }

  private static BigInteger truncated(String type, Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      return new BigDecimal(number).toBigInteger();
    }
    return integer(type, value);
  }

  private static BigInteger integer(String type, Object value) {
    Types.defined(value);
    return Types.integer(value)
        .orElseThrow(
            () ->
                new PythonError(
                    "%%%s format: a number is required, not %s"
                        .formatted(type, Types.name(value))));
  }

  private static String digits(String sign, BigInteger value, String precision) {
    String digits = value.abs().toString();
    int wanted = precision.isEmpty() ? 0 : Integer.parseInt(precision);
    BoundedText text = new BoundedText().add(value.signum() < 0 ? "-" : sign);
    return text.add("0", (long) wanted - digits.length()).add(digits).toString();
  }

  private static String radix(String type, String flags, String sign, BigInteger value) {
    return FormatSpec.format(value, sign + (flags.contains("#") ? "#" : "") + type);
  }

  private static String pad(String body, int width, boolean left, boolean zeros) {
    int missing = width - body.codePointCount(0, body.length());
    BoundedText text = new BoundedText();
    if (left) {
      return text.add(body).add(" ", missing).toString();
    }
    if (!zeros) {
      return text.add(" ", missing).add(body).toString();
    }
    int lead = body.matches("(?s)[-+ ].*") ? 1 : 0;
    lead += body.substring(lead).matches("(?s)0[xXo].*") ? 2 : 0;
    return text.add(body.substring(0, lead)).add("0", missing).add(body.substring(lead)).toString();
  }
}
