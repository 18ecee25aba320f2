package io.alluvium.streams.admit.secret;

import java.util.List;

/**
 * Keys and tokens: by the prefixes under which providers issue them, JSON web tokens, and long
 * strings that look drawn at random. Hexadecimal strings and UUIDs are digests and identifiers more
 * often than keys and pass. Pure.
 */
final class KeyToken {
  private static final int SHORTEST = 16;
  private static final int SHORTEST_RANDOM = 32;

  /** Bits per character; English words joined by hyphens stay below, base 64 of 32 above. */
  private static final double RANDOM_BITS = 4.0;

  private static final double RANDOM_CHANGES = 0.35;

  /** Issuer's prefix and the fewest characters of the whole. */
  private record Prefix(String text, int fewest) {}

  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("AKIA", 20),
          new Prefix("ASIA", 20),
          new Prefix("ghp_", 36),
          new Prefix("gho_", 36),
          new Prefix("ghu_", 36),
          new Prefix("ghs_", 36),
          new Prefix("ghr_", 36),
          new Prefix("github_pat_", 40),
          new Prefix("glpat-", 20),
          new Prefix("xoxb-", 20),
          new Prefix("xoxp-", 20),
          new Prefix("xoxa-", 20),
          new Prefix("xoxr-", 20),
          new Prefix("xoxs-", 20),
          new Prefix("sk-", 24),
          new Prefix("sk_live_", 24),
          new Prefix("rk_live_", 24),
          new Prefix("sk_test_", 24),
          new Prefix("AIza", 39),
          new Prefix("ya29", 30),
          new Prefix("npm_", 36),
          new Prefix("hf_", 30),
          new Prefix("dop_v1_", 60),
          new Prefix("pypi-", 40));

  private KeyToken() {}

  /** The end of the token where it is a key, or -1. */
  static int end(String text, int start, int end) {
    if (end - start < SHORTEST) {
      return -1;
    }
    if (isJsonWebToken(text, start, end)) {
      return endOfDotted(text, end);
    }
    return hasPrefix(text, start, end) || isRandom(text, start, end) ? end : -1;
  }

  private static boolean hasPrefix(String text, int start, int end) {
    for (Prefix prefix : PREFIXES) {
      if (end - start >= prefix.fewest && text.startsWith(prefix.text, start)) {
        return hasDigit(text, start + prefix.text.length(), end);
      }
    }
    return false;
  }

  private static boolean hasDigit(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (Shapes.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJsonWebToken(String text, int start, int end) {
    return text.startsWith("eyJ", start) && text.startsWith(".eyJ", end);
  }

  private static int endOfDotted(String text, int end) {
    int after = end;
    while (after < text.length()
        && (Shapes.isToken(text.charAt(after)) || text.charAt(after) == '.')) {
      after++;
    }
    return after;
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
        && bits(counts, end - start) >= RANDOM_BITS;
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
