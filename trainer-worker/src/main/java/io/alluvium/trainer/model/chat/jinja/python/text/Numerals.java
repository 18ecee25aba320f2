package io.alluvium.trainer.model.chat.jinja.python.text;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in texts, as {@code int(text)} and {@code float(text)} read them. */
public final class Numerals {
  private static final Pattern REAL =
      Pattern.compile(
          "[+-]?(\\d+(_\\d+)*\\.?|(\\d+(_\\d+)*)?\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?");
  private static final Pattern SPECIAL = Pattern.compile("[+-]?(inf|infinity|nan)");
  private static final int MOST_DIGITS = 4000;

  private Numerals() {}

  /** An integer to a base; 0 for the base that its prefix tells. */
  public static Optional<BigInteger> integer(String text, int base) {
    String plain = StringMethods.strip(text, Optional.empty()).toLowerCase(Locale.ROOT);
    boolean signed = plain.startsWith("-") || plain.startsWith("+");
    String digits = signed ? plain.substring(1) : plain;
    int told =
        digits.startsWith("0x")
            ? 16
            : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 0;
    boolean prefixed = told != 0 && (base == told || base == 0);
    int radix = base == 0 ? (told == 0 ? 10 : told) : base;
    String bare = prefixed ? digits.substring(2).replaceFirst("^_", "") : digits;
    boolean placed =
        !bare.isEmpty() && !bare.startsWith("_") && !bare.endsWith("_") && !bare.contains("__");
    if (!placed || radix < 2 || radix > 36 || bare.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    String whole = bare.replace("_", "");
    boolean fits = whole.codePoints().allMatch(c -> Character.digit(c, radix) >= 0);
    return fits
        ? Optional.of(new BigInteger((plain.startsWith("-") ? "-" : "") + whole, radix))
        : Optional.empty();
  }

  /** A floating-point number. */
  public static Optional<Double> real(String text) {
    String plain = StringMethods.strip(text, Optional.empty());
    String lower = plain.toLowerCase(Locale.ROOT);
    if (SPECIAL.matcher(lower).matches()) {
      double value = lower.endsWith("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
      return Optional.of(lower.startsWith("-") ? -value : value);
    }
    return REAL.matcher(plain).matches()
        ? Optional.of(Double.valueOf(plain.replace("_", "")))
        : Optional.empty();
  }
}
