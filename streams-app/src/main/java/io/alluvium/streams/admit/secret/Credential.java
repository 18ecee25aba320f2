package io.alluvium.streams.admit.secret;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A value that is named as a secret: {@code password: …}, {@code API_KEY=…}, {@code token is …},
 * {@code Bearer …}, {@code --password …}, {@code scheme://user:…@host}. What the name is and which
 * value stands behind it; whether that value is one, {@link SecretValue} says. Pure.
 */
final class Credential {
  private static final int LONGEST_USER_INFO = 200;

  private static final List<String> NAMES =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "passcode",
          "secret",
          "token",
          "api_key",
          "apikey",
          "api-key",
          "api key",
          "access_key",
          "accesskey",
          "access key",
          "account_key",
          "accountkey",
          "secret_key",
          "secretkey",
          "secret-key",
          "secret key",
          "private_key",
          "private key",
          "auth_key",
          "authkey",
          "encryption_key",
          "signing_key",
          "passwort",
          "kennwort",
          "contraseña",
          "mot de passe",
          "senha",
          "wachtwoord",
          "hasło",
          "lösenord",
          "parola",
          "şifre",
          "пароль",
          "密码",
          "密碼",
          "口令",
          "パスワード",
          "비밀번호");

  /** Names that are ends of other words as well. */
  private static final List<String> SHORT_NAMES = List.of("pass", "pw", "auth");

  private static final int ASCII = 128;

  /** Names by their last letter; those that end beyond ASCII at 0. */
  private static final List<List<String>> BY_END =
      IntStream.range(0, ASCII)
          .mapToObj(end -> NAMES.stream().filter(name -> endOf(name) == end).toList())
          .toList();

  private Credential() {}

  private static int endOf(String name) {
    return place(name.charAt(name.length() - 1));
  }

  private static int place(char last) {
    return last < ASCII ? Character.toLowerCase(last) : 0;
  }

  /** Whether a name of a secret stands before the separator. */
  static boolean isNamed(String text, int separator) {
    int end = separator;
    while (end > 0 && " \"'*`]".indexOf(text.charAt(end - 1)) >= 0 && separator - end < 4) {
      end--;
    }
    if (end == 0 || !Character.isLetter(text.charAt(end - 1))) {
      return false;
    }
    for (String name : BY_END.get(place(text.charAt(end - 1)))) {
      if (isName(text, end, name)) {
        return true;
      }
    }
    for (String name : SHORT_NAMES) {
      if (isName(text, end, name) && !isLetter(Shapes.at(text, end - name.length() - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(char c) {
    return Shapes.isLower(c) || Shapes.isUpper(c);
  }

  private static boolean isName(String text, int end, String name) {
    int start = end - name.length();
    return start >= 0 && text.regionMatches(/* ignoreCase= */ true, start, name, 0, name.length());
  }

  /** Where the value begins that stands after a separator. */
  static int valueStart(String text, int after) {
    int start = after;
    while (start < text.length()
        && start - after < 8
        && " \"'=>`*".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return start;
  }

  /** Where the password of a URL begins whose host stands behind this @, or -1. */
  static int userInfo(String text, int at) {
    int colon = -1;
    int least = Math.max(1, at - LONGEST_USER_INFO);
    for (int i = at - 1; i >= least; i--) {
      char c = text.charAt(i);
      if (c == ':') {
        colon = i;
      } else if (c == '/' && text.charAt(i - 1) == '/') {
        return colon > i ? colon + 1 : -1;
      } else if (c <= ' ' || c == '/' || c == '@' || c == '"') {
        return -1;
      }
    }
    return -1;
  }
}
