package io.alluvium.trainer.model.chat.jinja.python.format;

import io.alluvium.trainer.model.chat.jinja.python.character.Floats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Digits of a number in the ways of C's printf.
 *
 * @param value not negative
 * @param alternate whether trailing zeros stay with {@code g}
 */
record RealText(double value, boolean alternate) {
  /** By type letter, empty for Python's own way; a negative precision is the usual one. */
  String of(String type, int precision) {
    if (!Double.isFinite(value)) {
      String special = Floats.special(value) + (type.equals("%") ? "%" : "");
      return upper(type) ? special.toUpperCase(Locale.ROOT) : special;
    }
    int digits = precision < 0 ? 6 : precision;
    String text =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "f" -> fixed(new BigDecimal(value), digits);
          case "%" -> fixed(new BigDecimal(value * 100), digits) + "%";
          case "e" -> scientific(digits);
          case "" -> precision < 0 ? Floats.repr(value) : plain(Math.max(1, precision));
          default -> general(Math.max(1, digits));
        };
    return upper(type) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static boolean upper(String type) {
    return !type.isEmpty() && Character.isUpperCase(type.charAt(0));
  }

  private static String fixed(BigDecimal number, int digits) {
    return number.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private BigDecimal rounded(int digits) {
    return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private int exponent(int digits) {
    BigDecimal rounded = rounded(digits);
    return value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
  }

  private String scientific(int digits) {
    int exponent = exponent(digits + 1);
    String mantissa = fixed(rounded(digits + 1).movePointLeft(exponent), digits);
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private String general(int digits) {
    int exponent = exponent(digits);
    boolean small = exponent >= -4 && exponent < digits;
    String text = small ? fixed(rounded(digits), digits - 1 - exponent) : scientific(digits - 1);
    return alternate ? text : withoutZeros(text);
  }

  /** As {@code g}, but with a digit after the point. */
  private String plain(int digits) {
    int exponent = exponent(digits);
    boolean small = exponent >= -4 && exponent < digits - 1;
    String text = small ? fixed(rounded(digits), digits - 1 - exponent) : scientific(digits - 1);
    String shorter = withoutZeros(text);
    return small && !shorter.contains(".") ? shorter + ".0" : shorter;
  }

  private static String withoutZeros(String text) {
    int e = text.indexOf('e');
    String mantissa = e < 0 ? text : text.substring(0, e);
    String rest = e < 0 ? "" : text.substring(e);
    return (mantissa.contains(".") ? mantissa.replaceAll("\\.?0+$", "") : mantissa) + rest;
  }
}
