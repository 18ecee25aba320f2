package io.alluvium.streams.admit.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Keys and tokens: by the prefixes under which providers issue them, JSON web tokens, and long
 * strings that look drawn at random. Hexadecimal strings and UUIDs are digests and identifiers more
 * often than keys and pass; so do content in base 64 that reads as text and addresses of content or
 * of coins. Pure.
 */
final class KeyToken {
  private static final int SHORTEST = 16;
  private static final int SHORTEST_RANDOM = 32;
  private static final int FEWEST_DIFFERENT = 6;
  private static final int LONGEST_PARTS = 1024;

  /** Bits per character; English words joined by hyphens stay below, base 64 of 32 above. */
  private static final double RANDOM_BITS = 4.0;

  private static final double RANDOM_CHANGES = 0.35;

  /** Of what base 64 holds, the share of visible characters from which it is text. */
  private static final double READABLE = 0.95;

  /** What may follow a prefix. */
  private enum Rest {
    /** Letters and digits only. */
    PLAIN,
    /** Hyphens and underscores too. */
    JOINED,
    /** Groups with a dot between. */
    DOTTED,
    /** Hyphens too, and the last part is long and no word. */
    LAST_LONG
  }

  /** Issuer's prefix, the fewest characters of the whole, and what they are. */
  private record Prefix(String text, int fewest, Rest rest) {}

  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("AKIA", 20, Rest.PLAIN),
          new Prefix("ASIA", 20, Rest.PLAIN),
          new Prefix("ghp_", 36, Rest.PLAIN),
          new Prefix("gho_", 36, Rest.PLAIN),
          new Prefix("ghu_", 36, Rest.PLAIN),
          new Prefix("ghs_", 36, Rest.PLAIN),
          new Prefix("ghr_", 36, Rest.PLAIN),
          new Prefix("github_pat_", 40, Rest.JOINED),
          new Prefix("glpat-", 20, Rest.JOINED),
          new Prefix("gldt-", 20, Rest.JOINED),
          new Prefix("glrt-", 20, Rest.JOINED),
          new Prefix("xoxb-", 20, Rest.JOINED),
          new Prefix("xoxp-", 20, Rest.JOINED),
          new Prefix("xoxa-", 20, Rest.JOINED),
          new Prefix("xoxr-", 20, Rest.JOINED),
          new Prefix("xoxs-", 20, Rest.JOINED),
          new Prefix("xapp-", 20, Rest.JOINED),
          new Prefix("sk-", 24, Rest.LAST_LONG),
          new Prefix("sk_live_", 24, Rest.PLAIN),
          new Prefix("rk_live_", 24, Rest.PLAIN),
          new Prefix("sk_test_", 24, Rest.PLAIN),
          new Prefix("rk_test_", 24, Rest.PLAIN),
          new Prefix("whsec_", 30, Rest.PLAIN),
          new Prefix("AIza", 39, Rest.JOINED),
          new Prefix("GOCSPX-", 30, Rest.JOINED),
          new Prefix("npm_", 36, Rest.PLAIN),
          new Prefix("hf_", 30, Rest.PLAIN),
          new Prefix("dop_v1_", 60, Rest.PLAIN),
          new Prefix("doo_v1_", 60, Rest.PLAIN),
          new Prefix("dckr_pat_", 30, Rest.JOINED),
          new Prefix("shpat_", 38, Rest.PLAIN),
          new Prefix("shpss_", 38, Rest.PLAIN),
          new Prefix("sq0csp-", 30, Rest.JOINED),
          new Prefix("glsa_", 30, Rest.JOINED),
          new Prefix("rubygems_", 40, Rest.PLAIN),
          new Prefix("dapi", 36, Rest.PLAIN),
          new Prefix("lin_api_", 40, Rest.PLAIN),
          new Prefix("ntn_", 40, Rest.PLAIN),
          new Prefix("NRAK-", 30, Rest.PLAIN),
          new Prefix("PMAK-", 40, Rest.JOINED),
          new Prefix("SK", 34, Rest.PLAIN),
          new Prefix("key-", 36, Rest.PLAIN),
          new Prefix("AGE-SECRET-KEY-1", 50, Rest.PLAIN),
          new Prefix("pypi-", 40, Rest.JOINED));

  /** Prefixes of a token that ends at a dot: the rest stands behind it. */
  private static final List<Prefix> DOTTED =
      List.of(
          new Prefix("ya29", 30, Rest.DOTTED),
          new Prefix("SG", 50, Rest.DOTTED),
          new Prefix("hvs", 24, Rest.DOTTED),
          new Prefix("dp", 40, Rest.DOTTED));

  private KeyToken() {}

  /** The end of the token where it is a key, or -1. */
  static int end(String text, int start, int end) {
    if (Shapes.at(text, end) == '.' && end - start <= 4) {
      return endOfParts(text, start, end);
    }
    if (end - start < SHORTEST) {
      return -1;
    }
    if (isJsonWebToken(text, start, end)) {
      return endOfDotted(text, end, text.length());
    }
    return hasPrefix(text, start, end) || isRandom(text, start, end) ? end : -1;
  }

  private static int endOfParts(String text, int start, int end) {
    for (Prefix prefix : DOTTED) {
      if (end - start == prefix.text.length() && text.startsWith(prefix.text, start)) {
        int whole = endOfDotted(text, end, Math.min(text.length(), end + LONGEST_PARTS));
        boolean isKey = whole - start >= prefix.fewest && isDrawn(text, end, whole);
        return isKey ? whole : -1;
      }
    }
    return -1;
  }

  private static boolean hasPrefix(String text, int start, int end) {
    for (Prefix prefix : PREFIXES) {
      if (end - start >= prefix.fewest && text.startsWith(prefix.text, start)) {
        int rest = start + prefix.text.length();
        return isDrawn(text, rest, end) && isRest(prefix.rest, text, rest, end);
      }
    }
    return false;
  }

  private static boolean isRest(Rest rest, String text, int start, int end) {
    return switch (rest) {
      case PLAIN -> lastPart(text, start, end) == start;
      case LAST_LONG -> end - lastPart(text, start, end) >= SHORTEST;
      case JOINED, DOTTED -> true;
    };
  }

  /** Where the part begins that has no hyphen or underscore any more. */
  private static int lastPart(String text, int start, int end) {
    for (int i = end - 1; i >= start; i--) {
      if (!Shapes.isAlphanumeric(text.charAt(i))) {
        return i + 1;
      }
    }
    return start;
  }

  /** With a digit, and of more characters than a row of x has. */
  private static boolean isDrawn(String text, int start, int end) {
    boolean digit = false;
    long different = 0;
    for (int i = start; i < end; i++) {
      digit |= Shapes.isDigit(text.charAt(i));
      different |= 1L << (text.charAt(i) & 63);
    }
    return digit && Long.bitCount(different) >= FEWEST_DIFFERENT;
  }

  private static boolean isJsonWebToken(String text, int start, int end) {
    return text.startsWith("eyJ", start) && text.startsWith(".eyJ", end);
  }

  private static int endOfDotted(String text, int end, int most) {
    int after = end;
    while (after < most && (Shapes.isToken(text.charAt(after)) || text.charAt(after) == '.')) {
      after++;
    }
    return text.charAt(after - 1) == '.' ? after - 1 : after;
  }

  /**
   * Long, of upper and lower case and digits, of high entropy, and changing between them so often
   * as words put together do not: drawn characters change at six places in ten, names of classes at
   * three.
   */
  private static boolean isRandom(String text, int start, int end) {
    if (end - start < SHORTEST_RANDOM) {
      return false;
    }
    int[] counts = new int[128];
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    int changes = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      counts[c]++;
      changes += i > start && Shapes.kind(c) != Shapes.kind(text.charAt(i - 1)) ? 1 : 0;
      upper |= Shapes.isUpper(c);
      lower |= Shapes.isLower(c);
      digit |= Shapes.isDigit(c);
    }
    return upper
        && lower
        && digit
        && changes >= RANDOM_CHANGES * (end - start)
        && bits(counts, end - start) >= RANDOM_BITS
        && !isAddress(text, start, end)
        && !isReadable(text, start, end);
  }

  /** Of a coin (0x and 40 hexadecimal digits, 1 or 3 and 33 of base 58) or of content (Qm…). */
  private static boolean isAddress(String text, int start, int end) {
    int length = end - start;
    boolean isCoin = length <= 35 && "13".indexOf(text.charAt(start)) >= 0;
    boolean isContent = length == 46 && text.startsWith("Qm", start);
    return text.startsWith("0x", start) || isCoin || isContent;
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
}
