package io.alluvium.streams.admit.secret.literal;

import io.alluvium.streams.admit.secret.character.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Is what stands behind the name of a secret a secret itself? A literal of at least eight
 * characters with a digit, or with both cases and a sign within. Not code that draws or looks one
 * up ({@code secrets.token_hex(16)}, {@code os.environ[…]}, {@code ${VAR}}), names of variables,
 * types, placeholders, paths, procedures, times, and what prose says about secrets. Pure.
 */
public final class SecretValue {
  private static final int SHORTEST = 8;

  /** What is longer is judged by its beginning. */
  private static final int LONGEST = 256;

  private static final int SHORTEST_OF_URL = 5;
  private static final int SHORTEST_BEARER = 16;

  private static final String SIGNS = "!@#$%^&*?+~";

  private static final List<String> PLACEHOLDERS =
      List.of(
          "your",
          "example",
          "placeholder",
          "changeme",
          "change-me",
          "change_me",
          "xxxx",
          "****",
          "....",
          "dummy",
          "insert",
          "replace",
          "redacted",
          "todo",
          "<",
          "-here",
          "_here",
          "sample");

  /** Names of procedures have digits and capitals; what is longer may hold one by chance. */
  private static final List<String> PROCEDURES =
      List.of(
          "sha-1",
          "sha-256",
          "sha-512",
          "sha1",
          "sha256",
          "sha512",
          "oauth2",
          "aes-",
          "aes1",
          "aes2",
          "ed25519",
          "x25519",
          "argon2",
          "base64",
          "pbkdf2",
          "bcrypt",
          "ntlmv2",
          "rsa2",
          "rsa4",
          "rs256",
          "hs256",
          "es256",
          "x509",
          "x.509",
          "tls1",
          "chacha20",
          "utf-8",
          "utf8");

  private static final int LONGEST_PROCEDURE = 24;

  /** Where a value ends, quoted or not: characters of ASCII. */
  private static final boolean[] ENDS = ends("\"'`,;<>\\");

  private static final boolean[] ENDS_BARE = ends("\"'`,;<>\\)]}|");

  /** From here on are punctuation and letters of scripts that passwords are not written in. */
  private static final char FIRST_EASTERN = '\u2e80';

  private SecretValue() {}

  private static boolean[] ends(String signs) {
    boolean[] ends = new boolean[128];
    Arrays.fill(ends, 0, ' ' + 1, true);
    signs.chars().forEach(sign -> ends[sign] = true);
    return ends;
  }

  /** Where it ends, or -1 when it is no secret. */
  public static int end(String text, int start) {
    // Between backquotes prose shows code.
    return Shapes.at(text, start - 1) != '`' && isQuoted(text, start)
        ? endOfLiteral(text, start)
        : endOfBare(text, start);
  }

  /** As {@link #end}, of what stands between quotes or tags and so is no variable. */
  public static int endOfLiteral(String text, int start) {
    int end = valueEnd(text, start, start + LONGEST);
    return mayBe(text, start, end) && !CodeWord.isExpression(text, start)
        ? wholeEnd(text, start, end)
        : -1;
  }

  private static int endOfBare(String text, int start) {
    int end = valueEnd(text, start, start + LONGEST);
    return mayBe(text, start, end) && !CodeWord.isCode(text, start, end)
        ? wholeEnd(text, start, end)
        : -1;
  }

  private static boolean mayBe(String text, int start, int end) {
    return end - start >= SHORTEST
        && isStrong(text, start, end)
        && !isPlaceholder(text, start, end)
        && !CodeWord.isFilledIn(text, start, end);
  }

  private static int wholeEnd(String text, int start, int end) {
    return end - start < LONGEST ? end : valueEnd(text, start, text.length());
  }

  /** As {@link #end}, of what a sentence says: words with numbers joined by hyphens are none. */
  public static int endInProse(String text, int start) {
    int end = end(text, start);
    return end < 0 || isCompound(text, start, end) ? -1 : end;
  }

  /** As {@link #end}, of what follows Bearer or Basic. */
  public static int endOfBearer(String text, int start) {
    int end = end(text, start);
    return end - start >= SHORTEST_BEARER ? end : -1;
  }

  /** Whether the password of a URL is one. */
  public static boolean isOfUrl(String text, int start, int end) {
    return end - start >= SHORTEST_OF_URL
        && isStrong(text, start, end)
        && !isPlaceholder(text, start, end)
        && !CodeWord.isExpression(text, start);
  }

  private static int valueEnd(String text, int start, int most) {
    boolean isQuoted = isQuoted(text, start);
    boolean[] ends = isQuoted ? ENDS : ENDS_BARE;
    int end = start;
    int last = Math.min(most, text.length());
    while (end < last && !isEnd(text.charAt(end), ends)) {
      end++;
    }
    while (end > start && ".!?,:".indexOf(text.charAt(end - 1)) >= 0 && !isQuoted) {
      end--;
    }
    return end;
  }

  private static boolean isEnd(char c, boolean[] ends) {
    return c < ends.length ? ends[c] : c >= FIRST_EASTERN;
  }

  /** Whether a quote opens right before it. */
  public static boolean isQuoted(String text, int start) {
    return "\"'`".indexOf(Shapes.at(text, start - 1)) >= 0;
  }

  private static boolean isStrong(String text, int start, int end) {
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    boolean sign = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      digit |= Shapes.isDigit(c);
      upper |= Shapes.isUpper(c);
      lower |= Shapes.isLower(c);
      sign |= i > start && i < end - 1 && SIGNS.indexOf(c) >= 0;
    }
    return (upper || lower) && (digit || (upper && lower && sign));
  }

  private static boolean isPlaceholder(String text, int start, int end) {
    String small = text.substring(start, Math.min(end, start + 64)).toLowerCase(Locale.ROOT);
    return isOneOf(PLACEHOLDERS, small)
        || (end - start <= LONGEST_PROCEDURE && isOneOf(PROCEDURES, small));
  }

  private static boolean isOneOf(List<String> parts, String text) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it reads as a name of something: words joined by dots, underscores or capitals. */
  public static boolean isName(String text, int start) {
    int end = valueEnd(text, start, start + LONGEST);
    return CodeWord.isWord(text, start, end);
  }

  /** Whether it has a digit before a letter, or a sign: no word with a number at its end. */
  public static boolean isMixed(String text, int start) {
    int end = valueEnd(text, start, start + LONGEST);
    boolean digit = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if ((digit && Shapes.isLetter(c)) || (i < end - 1 && SIGNS.indexOf(c) >= 0)) {
        return true;
      }
      digit |= Shapes.isDigit(c);
    }
    return false;
  }

  /** SHA-256-hashed, 12-digit, base64-encoded: parts of letters or of digits, few of both. */
  private static boolean isCompound(String text, int start, int end) {
    if (isCounted(text, start, end)) {
      return true;
    }
    int from = start;
    int parts = 0;
    for (int i = start; i <= end; i++) {
      if (i == end || text.charAt(i) == '-') {
        boolean isMixed =
            CodeWord.hasDigit(text, from, i) && i - from > 1 && !isUniform(text, from, i);
        if (isMixed && !Shapes.isLower(Shapes.at(text, from))) {
          return false;
        }
        parts++;
        from = i + 1;
      } else if (!Shapes.isAlphanumeric(text.charAt(i))) {
        return false;
      }
    }
    return parts > 1;
  }

  /** 12stellig, 24hours. */
  private static boolean isCounted(String text, int start, int end) {
    int digits = start;
    while (digits < end && Shapes.isDigit(text.charAt(digits))) {
      digits++;
    }
    int letters = digits;
    while (letters < end && Shapes.isLower(text.charAt(letters))) {
      letters++;
    }
    return digits > start && letters == end;
  }

  private static boolean isUniform(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Shapes.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
