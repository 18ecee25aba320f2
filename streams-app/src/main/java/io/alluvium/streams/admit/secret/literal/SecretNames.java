package io.alluvium.streams.admit.secret.literal;

import io.alluvium.streams.admit.secret.character.Shapes;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names of secrets in configuration, code and the sentences of some languages. Pure. */
public final class SecretNames {
  private static final int NONE = -1;
  private static final int ASCII = 128;
  private static final int MOST_BETWEEN = 4;

  /** Of what people make up: behind such a name alone, without a separator, its value may stand. */
  private static final List<String> PASSWORDS =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "passcode",
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

  /** Of what programs draw. */
  private static final List<String> DRAWN =
      List.of(
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
          "signing_key");

  /** Names that are ends of other words as well. */
  private static final List<String> SHORT = List.of("pass", "pw", "auth");

  /** Names by their last letter; those that end beyond ASCII at 0. */
  private static final String[][] ALL =
      byEnd(Stream.concat(PASSWORDS.stream(), DRAWN.stream()).toList());

  private static final String[][] PASSWORDS_ONLY = byEnd(PASSWORDS);
  private static final String[][] SHORT_ONLY = byEnd(SHORT);

  private SecretNames() {}

  private static String[][] byEnd(List<String> names) {
    return IntStream.range(0, ASCII)
        .mapToObj(end -> names.stream().filter(name -> endOf(name) == end).toArray(String[]::new))
        .toArray(String[][]::new);
  }

  private static int endOf(String name) {
    return place(name.charAt(name.length() - 1));
  }

  private static int place(char last) {
    return last >= ASCII ? 0 : last >= 'A' && last <= 'Z' ? last + ('a' - 'A') : last;
  }

  /** Where the name begins that stands before a separator, quotes and blanks between, or -1. */
  public static int before(String text, int separator) {
    int end = nameEnd(text, separator);
    if (end == NONE) {
      return NONE;
    }
    int start = start(text, end, ALL);
    return start == NONE ? startOfShort(text, end) : start;
  }

  /** As {@link #before}, of a password only. */
  public static int ofPasswordBefore(String text, int separator) {
    int end = nameEnd(text, separator);
    return end == NONE ? NONE : start(text, end, PASSWORDS_ONLY);
  }

  /** Where the word or name begins that ends here and holds no blank. */
  public static int wordStart(String text, int end, int most) {
    int start = end;
    while (start > 0 && end - start < most && isOfName(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isOfName(char c) {
    return Shapes.isToken(c) || c == '.' || c == ':';
  }

  private static int nameEnd(String text, int separator) {
    int end = separator;
    while (end > 0
        && " \"'*`]".indexOf(text.charAt(end - 1)) >= 0
        && separator - end < MOST_BETWEEN) {
      end--;
    }
    return end > 0 && Character.isLetter(text.charAt(end - 1)) ? end : NONE;
  }

  private static int start(String text, int end, String[][] names) {
    char before = Character.toLowerCase(Shapes.at(text, end - 2));
    for (String name : names[place(text.charAt(end - 1))]) {
      // One letter more than the last tells nearly all words from names.
      if (name.charAt(name.length() - 2) == before
          && isName(text, end, name)
          && !isPublic(text, end - name.length())) {
        return end - name.length();
      }
    }
    return NONE;
  }

  /** publicKeyToken, public_token. */
  private static boolean isPublic(String text, int start) {
    return isName(text, start, "public")
        || isName(text, start, "publickey")
        || isName(text, start, "public_");
  }

  private static int startOfShort(String text, int end) {
    int start = start(text, end, SHORT_ONLY);
    return start == NONE || Shapes.isLetter(Shapes.at(text, start - 1)) ? NONE : start;
  }

  private static boolean isName(String text, int end, String name) {
    int start = end - name.length();
    return start >= 0 && text.regionMatches(/* ignoreCase= */ true, start, name, 0, name.length());
  }
}
