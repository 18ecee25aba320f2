package io.alluvium.trainer.model.chat.jinja.python.character;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as Python writes and reads them. */
public final class Floats {
  private Floats() {}

  /** As {@code repr(value)}: the shortest digits that give the number back. */
  public static String repr(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return special(value);
    }
    String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
    return sign + (value == 0 ? "0.0" : positive(shortest(Math.abs(value))));
  }

  /** Not a number, or infinite. */
  public static String special(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static String positive(BigDecimal value) {
    String digits = value.unscaledValue().toString();
    int exponent = digits.length() - value.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      return scientific(digits, exponent);
    }
    String plain = value.toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
