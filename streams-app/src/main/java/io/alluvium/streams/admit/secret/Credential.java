package io.alluvium.streams.admit.secret;

import java.util.List;

/**
 * A value that is named as a secret: {@code password: …}, {@code API_KEY=…}, {@code token is …}.
 * The value has at least eight characters and a digit, so that an instruction about passwords is
 * none. Pure.
 */
final class Credential {
  private static final int SHORTEST = 8;
  private static final List<String> NAMES =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "token",
          "api_key",
          "apikey",
          "api-key",
          "api key",
          "access_key",
          "access key",
          "secret_key",
          "private_key",
          "auth_key");

  private Credential() {}

  /** Whether a name of a secret stands before the separator. */
  static boolean isNamed(String text, int separator) {
    int end = separator;
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '"')) {
      end--;
    }
    for (String name : NAMES) {
      int start = end - name.length();
      if (start >= 0 && text.regionMatches(/* ignoreCase= */ true, start, name, 0, name.length())) {
        return true;
      }
    }
    return false;
  }

  /** Where the value begins that stands after a separator. */
  static int valueStart(String text, int after) {
    int start = after;
    while (" \"'=".indexOf(Shapes.at(text, start)) >= 0 && start < text.length()) {
      start++;
    }
    return start;
  }

  /** Where it ends, or -1 when it is too plain for a secret. */
  static int valueEnd(String text, int start) {
    int end = start;
    boolean digit = false;
    boolean other = false;
    while (end < text.length() && !isEnd(text.charAt(end))) {
      boolean isDigit = Shapes.isDigit(text.charAt(end));
      digit |= isDigit;
      other |= !isDigit;
      end++;
    }
    return end - start >= SHORTEST && digit && other ? end : -1;
  }

  private static boolean isEnd(char c) {
    return c <= ' ' || "\"'`,;<>".indexOf(c) >= 0;
  }
}
