package io.alluvium.streams.admit.secret.key;

import io.alluvium.streams.admit.secret.character.Shapes;
import java.util.List;

/**
 * Keys and tokens: by the prefixes under which providers issue them, JSON web tokens, addresses
 * that let whoever knows them write (webhooks), and what {@link RandomToken} takes for one. Pure.
 */
public final class KeyToken {
  private static final int SHORTEST = 16;
  private static final int LONGEST_PARTS = 512;
  private static final String SLACK = "hooks.slack.com/services";
  private static final String DISCORD = "/api/webhooks";

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
          new Prefix("xoxe-", 20, Rest.JOINED),
          new Prefix("xapp-", 20, Rest.JOINED),
          new Prefix("gsk_", 40, Rest.PLAIN),
          new Prefix("xai-", 40, Rest.PLAIN),
          new Prefix("r8_", 36, Rest.PLAIN),
          new Prefix("nvapi-", 40, Rest.JOINED),
          new Prefix("figd_", 36, Rest.JOINED),
          new Prefix("sbp_", 40, Rest.PLAIN),
          new Prefix("tskey-", 30, Rest.LAST_LONG),
          new Prefix("ATATT3x", 60, Rest.JOINED),
          new Prefix("glptt-", 30, Rest.JOINED),
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
  private static final Prefix[] DOTTED = {
    new Prefix("ya29", 30, Rest.DOTTED),
    new Prefix("SG", 50, Rest.DOTTED),
    new Prefix("hvs", 24, Rest.DOTTED),
    new Prefix("dp", 40, Rest.DOTTED)
  };

  private KeyToken() {}

  /** The end of the token where it is a key, or -1. */
  public static int end(String text, int start, int end) {
    if (Shapes.at(text, end) == '.' && end - start <= 4) {
      return endOfParts(text, start, end);
    }
    if (Shapes.at(text, end) == '/' && isWebhook(text, end)) {
      return endOfPath(text, end);
    }
    if (end - start < SHORTEST) {
      return -1;
    }
    if (isJsonWebToken(text, start, end)) {
      return endOfDotted(text, end, text.length());
    }
    return hasPrefix(text, start, end) || RandomToken.isKey(text, start, end) ? end : -1;
  }

  /** Addresses that whoever knows them may write to. */
  private static boolean isWebhook(String text, int end) {
    return text.startsWith(SLACK, end - SLACK.length())
        || text.startsWith(DISCORD, end - DISCORD.length());
  }

  private static int endOfPath(String text, int slash) {
    int most = Math.min(text.length(), slash + LONGEST_PARTS);
    int end = slash;
    while (end < most && (Shapes.isToken(text.charAt(end)) || text.charAt(end) == '/')) {
      end++;
    }
    return end - slash >= SHORTEST && RandomToken.isVaried(text, slash, end) ? end : -1;
  }

  private static int endOfParts(String text, int start, int end) {
    for (Prefix prefix : DOTTED) {
      if (end - start == prefix.text.length() && text.startsWith(prefix.text, start)) {
        int whole = endOfDotted(text, end, Math.min(text.length(), end + LONGEST_PARTS));
        boolean isKey = whole - start >= prefix.fewest && RandomToken.isVaried(text, end, whole);
        return isKey ? whole : -1;
      }
    }
    return -1;
  }

  private static boolean hasPrefix(String text, int start, int end) {
    for (Prefix prefix : PREFIXES) {
      if (end - start >= prefix.fewest && text.startsWith(prefix.text, start)) {
        int rest = start + prefix.text.length();
        return RandomToken.isVaried(text, rest, end) && isRest(prefix.rest, text, rest, end);
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
}
