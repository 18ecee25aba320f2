package io.alluvium.streams.dedup.exact;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form in which two texts count as the same: Unicode NFKC (UAX 15), simple case folding code
 * point by code point, runs of white space as one space, none at the ends. Pure and idempotent.
 */
final class NormalText {
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final int ASCII = 128;

  private NormalText() {}

  static String of(String text) {
    String normal = ascii(text);
    return normal == null ? unicode(text) : normal;
  }

  /** The same in one pass: ASCII is composed already. Null for any other text. */
  private static @Nullable String ascii(String text) {
    byte[] normal = new byte[text.length()];
    int length = 0;
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ASCII) {
        return null;
      }
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        space = length > 0;
      } else {
        if (space) {
          normal[length++] = ' ';
          space = false;
        }
        normal[length++] = (byte) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
      }
    }
    return new String(normal, 0, length, StandardCharsets.ISO_8859_1).strip();
  }

  /** For any text. */
  static String unicode(String text) {
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
