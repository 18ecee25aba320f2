package io.alluvium.streams.admit.secret.key;

import io.alluvium.streams.admit.secret.character.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * Was a token drawn at random, and is it a key then? Hexadecimal strings and UUIDs are digests and
 * identifiers more often than keys and pass; so do content in base 64 that reads as text, addresses
 * of content, of coins and of pages, digests that are named so, names that are words put together,
 * and lines of longer content. Pure.
 */
final class RandomToken {
  private static final int SHORTEST = 32;
  private static final int FEWEST_DIFFERENT = 6;
  private static final int LONGEST_ADDRESS = 256;
  private static final int LONGEST_NAME = 12;

  /** Bits per character; English words joined by hyphens stay below, base 64 of 32 above. */
  private static final double BITS = 4.0;

  /** Words per character: a key has more. */
  private static final double WORDS = 0.25;

  /** With a hyphen or underscore in it, which few keys have and most names. */
  private static final double JOINED_WORDS = 0.29;

  /** With one digit, which few keys have and most names. */
  private static final double UNNUMBERED_WORDS = 0.33;

  /** Names with a hyphen or underscore after so many characters are words put together. */
  private static final int LEAST_OF_WORD = 9;

  /** From here on a run of base 64 is content, and a line of it is one of several. */
  private static final int LONGEST_KEY = 128;

  private static final int LINE = 56;

  /** Of what base 64 holds, the share of visible characters from which it is text. */
  private static final double READABLE = 0.95;

  private static final Set<String> DIGESTS =
      Set.of(
          "h1",
          "md5",
          "sha",
          "sha1",
          "sha256",
          "sha384",
          "sha512",
          "etag",
          "digest",
          "hash",
          "checksum",
          "integrity",
          "fingerprint");

  /** What keys are called in the query of an address. */
  private static final Set<String> KEYS =
      Set.of("key", "apikey", "api_key", "sig", "signature", "code", "auth", "token", "secret");

  private RandomToken() {}

  /** With a digit, and of more characters than a row of x has. */
  static boolean isVaried(String text, int start, int end) {
    boolean digit = false;
    long different = 0;
    for (int i = start; i < end; i++) {
      digit |= Shapes.isDigit(text.charAt(i));
      different |= 1L << (text.charAt(i) & 63);
    }
    return digit && Long.bitCount(different) >= FEWEST_DIFFERENT;
  }

  /**
   * Long, of upper and lower case and digits, of high entropy, and cut into words so short as no
   * name is: of 40 drawn characters 1 in 200 has fewer than 10 words, and names have 7 to 9.
   */
  static boolean isKey(String text, int start, int end) {
    return end - start >= SHORTEST
        // A function's name.
        && Shapes.at(text, end) != '('
        && isMixed(text, start, end)
        && !isAddress(text, start, end)
        && !isDigest(text, start)
        && !isPlace(text, start, end)
        && !isContent(text, start, end)
        && !isReadable(text, start, end);
  }

  private static boolean isMixed(String text, int start, int end) {
    int[] counts = new int[128];
    int[] kinds = new int[Shapes.OTHER + 1];
    boolean isHex = true;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      counts[c]++;
      kinds[Shapes.kind(c)]++;
      isHex &= c == '-' || Character.digit(c, 16) >= 0;
    }
    int length = end - start;
    int joints = kinds[Shapes.OTHER];
    double fewest = joints > 0 ? JOINED_WORDS : kinds[0] < 2 ? UNNUMBERED_WORDS : WORDS;
    return kinds[0] > 0
        && kinds[1] > 0
        && kinds[2] > 0
        && !isHex
        && joints * LEAST_OF_WORD < length
        && words(text, start, end) >= fewest * length
        && bits(counts, length) >= BITS;
  }

  /** Where one ends: at a hyphen or underscore, a number, or a capital behind a small letter. */
  private static int words(String text, int start, int end) {
    int words = 0;
    int before = Shapes.kind(text.charAt(start));
    for (int i = start + 1; i < end; i++) {
      int kind = Shapes.kind(text.charAt(i));
      boolean begins = kind != before && kind != Shapes.OTHER && !(before == 1 && kind == 2);
      words += begins ? 1 : 0;
      before = kind;
    }
    return words;
  }

  /**
   * Of a compiler (_Z…), of a coin (0x and 40 hexadecimal digits, 1 or 3 and 33 of base 58) or of
   * content (Qm…).
   */
  private static boolean isAddress(String text, int start, int end) {
    int length = end - start;
    boolean isCoin = length <= 35 && "13".indexOf(text.charAt(start)) >= 0;
    boolean isContent = length == 46 && text.startsWith("Qm", start);
    return text.startsWith("0x", start) || text.startsWith("_Z", start) || isCoin || isContent;
  }

  /** Whether it is text in base 64. */
  private static boolean isReadable(String text, int start, int end) {
    int whole = start + (end - start) / 4 * 4;
    String encoded = text.substring(start, whole).replace('-', '+').replace('_', '/');
    byte[] bytes = Base64.getDecoder().decode(encoded.getBytes(StandardCharsets.ISO_8859_1));
    int visible = 0;
    for (byte one : bytes) {
      visible += (one >= ' ' && one < 127) || one == '\n' || one == '\t' ? 1 : 0;
    }
    return visible >= READABLE * bytes.length;
  }

  private static double bits(int[] counts, int length) {
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  /** h1:…, SHA256:…, etag: "…". */
  private static boolean isDigest(String text, int start) {
    int end = start;
    while (end > 0 && start - end < 4 && " \"':=-".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return DIGESTS.contains(nameBefore(text, end));
  }

  /** Of longer base 64, in one line or several. */
  private static boolean isContent(String text, int start, int end) {
    int from = runStart(text, start);
    int to = runEnd(text, end);
    boolean isMore = to - from > end - start && to - from > LONGEST_KEY;
    return isMore || isBelowLine(text, from) || (to - from >= LINE && isAboveLine(text, to));
  }

  private static boolean isBelowLine(String text, int from) {
    int end = from;
    while (Shapes.at(text, end - 1) == ' ' && end > 0) {
      end--;
    }
    if (Shapes.at(text, end - 1) != '\n') {
      return false;
    }
    end -= Shapes.at(text, end - 2) == '\r' ? 2 : 1;
    return end - runStart(text, end) >= LINE;
  }

  private static boolean isAboveLine(String text, int to) {
    int start = Shapes.at(text, to) == '\r' ? to + 1 : to;
    if (Shapes.at(text, start) != '\n') {
      return false;
    }
    start++;
    while (Shapes.at(text, start) == ' ' && start < text.length()) {
      start++;
    }
    return runEnd(text, start) - start >= LINE / 2;
  }

  private static int runStart(String text, int place) {
    int start = place;
    while (start > 0 && place - start < LONGEST_KEY && isBase64(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int runEnd(String text, int place) {
    int end = place;
    while (end < text.length() && end - place < LONGEST_KEY && isBase64(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isBase64(char c) {
    return Shapes.isToken(c) || c == '+' || c == '/' || c == '=';
  }

  private static String nameBefore(String text, int end) {
    int start = end;
    while (start > 0 && end - start < LONGEST_NAME && isOfName(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isOfName(char c) {
    return Shapes.isAlphanumeric(c) || c == '_';
  }

  /** Part of the address of a page or file, but for a user's name or what is called a key. */
  private static boolean isPlace(String text, int start, int end) {
    if (Shapes.at(text, end) == '@') {
      return false;
    }
    int least = Math.max(1, start - LONGEST_ADDRESS);
    for (int i = start - 1; i >= least; i--) {
      char c = text.charAt(i);
      if (c == '/' && text.charAt(i - 1) == '/') {
        return Shapes.at(text, i - 2) == ':' && !isCalledKey(text, start);
      } else if (c <= ' ' || c == '"' || c >= '\u2e80') {
        return false;
      }
    }
    return false;
  }

  private static boolean isCalledKey(String text, int start) {
    return Shapes.at(text, start - 1) == '=' && KEYS.contains(nameBefore(text, start - 1));
  }
}
