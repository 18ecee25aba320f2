package io.alluvium.trainer.model.chat.jinja.python.operate;

import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.type.Markup;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Python's arithmetic; integers of any size up to {@link #MOST_BITS}. */
public final class Arithmetic {
  /** Beyond this many bits an integer is an error and not a wait. */
  public static final int MOST_BITS = 14_000;

  private Arithmetic() {}

  /**
   * Does one operation.
   *
   * @param operator one of {@code + - * / // % **}; of {@code %} only that between numbers
   * @throws PythonError where Python has none for the two values
   */
  public static Object apply(String operator, Object a, Object b) {
    Types.defined(a, b);
    Optional<BigInteger> left = Types.integer(a);
    Optional<BigInteger> right = Types.integer(b);
    if (left.isPresent() && right.isPresent()) {
      return integers(operator, left.get(), right.get());
    }
    if ((left.isPresent() || a instanceof Double) && (right.isPresent() || b instanceof Double)) {
      return doubles(operator, toDouble(a), toDouble(b));
    }
    return switch (operator) {
      case "+" -> join(a, b);
      case "*" -> left.isPresent() ? repeat(b, left.get()) : repeat(a, right, b);
      default -> throw unsupported(operator, a, b);
    };
  }

  /** As {@code -a}. */
  public static Object negate(Object a) {
    Types.defined(a);
    if (a instanceof Double number) {
      return -number;
    }
    return Types.integer(a).orElseThrow(() -> unary("-", a)).negate();
  }

  /** As {@code +a}. */
  public static Object plus(Object a) {
    Types.defined(a);
    return a instanceof Double ? a : Types.integer(a).orElseThrow(() -> unary("+", a));
  }

  /** A number as floating point. */
  public static double toDouble(Object number) {
    if (number instanceof Double value) {
      return value;
    }
    double value =
        Types.integer(number)
            .orElseThrow(() -> new PythonError("must be a number, not " + Types.name(number)))
            .doubleValue();
    if (Double.isInfinite(value)) {
      throw new PythonError("int too large to convert to float");
    }
    return value;
  }

  private static PythonError unary(String operator, Object a) {
    return new PythonError(
        "bad operand type for unary %s: '%s'".formatted(operator, Types.name(a)));
  }

  private static PythonError unsupported(String operator, Object a, Object b) {
    return new PythonError(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(operator, Types.name(a), Types.name(b)));
  }

  private static Object integers(String operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case "+" -> bounded(a.add(b));
      case "-" -> bounded(a.subtract(b));
      case "*" -> bounded(a.multiply(b));
      case "/" -> quotient(a, b);
      case "//" -> floor(a, b)[0];
      case "%" -> floor(a, b)[1];
      default -> power(a, b);
    };
  }

  private static BigInteger bounded(BigInteger number) {
    if (number.bitLength() > MOST_BITS) {
      throw new PythonError("an integer has more than " + MOST_BITS + " bits");
    }
    return number;
  }

  private static Object quotient(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw new PythonError("division by zero");
    }
    double quotient =
        a.bitLength() <= 53 && b.bitLength() <= 53
            ? a.doubleValue() / b.doubleValue()
            : new BigDecimal(a)
                .divide(new BigDecimal(b), new java.math.MathContext(800))
                .doubleValue();
    if (Double.isInfinite(quotient)) {
      throw new PythonError("integer division result too large for a float");
    }
    return quotient;
  }

  private static BigInteger[] floor(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw new PythonError("integer division or modulo by zero");
    }
    BigInteger[] both = a.divideAndRemainder(b);
    if (both[1].signum() != 0 && both[1].signum() != b.signum()) {
      return new BigInteger[] {both[0].subtract(BigInteger.ONE), both[1].add(b)};
    }
    return both;
  }

  private static Object power(BigInteger a, BigInteger b) {
    if (b.signum() < 0) {
      return power(toDouble(a), toDouble(b));
    }
    boolean small = a.abs().bitLength() <= 1;
    int exponent =
        small ? b.mod(BigInteger.TWO).intValue() + (b.signum() == 0 ? 0 : 2) : bits(a, b);
    return bounded(a.pow(exponent));
  }

  private static int bits(BigInteger a, BigInteger b) {
    if (b.bitLength() > 16 || (long) (a.abs().bitLength() - 1) * b.intValue() > MOST_BITS) {
      throw new PythonError("an integer has more than " + MOST_BITS + " bits");
    }
    return b.intValue();
  }

  private static Object doubles(String operator, double a, double b) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && b == 0) {
      throw new PythonError("float division by zero");
    }
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> floorQuotient(a, b);
      case "%" -> remainder(a, b);
      default -> power(a, b);
    };
  }

  private static double remainder(double a, double b) {
    double rest = a % b;
    if (rest == 0) {
      return Math.copySign(0.0, b);
    }
    return (rest < 0) != (b < 0) ? rest + b : rest;
  }

  /** As CPython does it: from the remainder, so that both fit together. */
  private static double floorQuotient(double a, double b) {
    double rest = a % b;
    double quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0.0, a / b);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static double power(double a, double b) {
    if (a == 0 && b < 0) {
      throw new PythonError("0.0 cannot be raised to a negative power");
    }
    if (a < 0 && b != Math.rint(b)) {
      throw new PythonError("a negative number to a broken power is no real number");
    }
    double power = Math.abs(a) == 1 ? (a < 0 && b % 2 != 0 ? -1 : 1) : Math.pow(a, b);
    if (Double.isInfinite(power) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw new PythonError("Numerical result out of range");
    }
    return power;
  }

  private static Object join(Object a, Object b) {
    Optional<String> left = Types.text(a);
    Optional<String> right = Types.text(b);
    if (left.isPresent() && right.isPresent()) {
      return texts(a, b);
    }
    if (a instanceof List<?> first && b instanceof List<?> second) {
      return lists(first, second);
    }
    if (a instanceof Tuple first && b instanceof Tuple second) {
      return new Tuple(lists(first.items(), second.items()));
    }
    if (left.isPresent()) {
      throw new PythonError(
          "can only concatenate str (not \"%s\") to str".formatted(Types.name(b)));
    }
    throw unsupported("+", a, b);
  }

  private static Object texts(Object a, Object b) {
    boolean safe = a instanceof Markup || b instanceof Markup;
    String left = safe ? Markup.escape(a).text() : Repr.str(a);
    String right = safe ? Markup.escape(b).text() : Repr.str(b);
    String both = new BoundedText().add(left).add(right).toString();
    return safe ? new Markup(both) : both;
  }

  private static List<Object> lists(List<?> a, List<?> b) {
    BoundedText.check((long) a.size() + b.size());
    List<Object> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  private static Object repeat(Object a, Optional<BigInteger> times, Object b) {
    return repeat(a, times.orElseThrow(() -> unsupported("*", a, b)));
  }

  private static Object repeat(Object a, BigInteger times) {
    int count = Types.index(times.max(BigInteger.ZERO)).orElse(0);
    Optional<String> text = Types.text(a);
    if (text.isPresent()) {
      String many = new BoundedText().add(text.get(), count).toString();
      return a instanceof Markup ? new Markup(many) : many;
    }
    if (!(a instanceof List) && !(a instanceof Tuple)) {
      throw unsupported("*", a, times);
    }
    List<Object> once = Types.list(a);
    BoundedText.check((long) once.size() * count);
    List<Object> many = new ArrayList<>();
    for (int n = 0; n < count && !once.isEmpty(); n++) {
      many.addAll(once);
    }
    return a instanceof Tuple ? new Tuple(many) : many;
  }
}
