package io.alluvium.streams.dedup;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The form in which two texts count as the same: Unicode NFKC (UAX 15), simple case folding code
 * point by code point, runs of white space as one space, none at the ends. Pure and idempotent.
 */
final class NormalText {
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private NormalText() {}

  static String of(String text) {
    String folded = composed(folded(composed(text)));
    return SPACES.matcher(folded).replaceAll(" ").strip();
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** Not String.toLowerCase, whose answer for a sigma depends on its neighbours. */
  private static String folded(String text) {
    return text.codePoints()
        .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
