package io.alluvium.streams.admit.secret.named;

import io.alluvium.streams.admit.secret.character.CommandLine;
import io.alluvium.streams.admit.secret.character.Shapes;
import io.alluvium.streams.admit.secret.character.Span;
import io.alluvium.streams.admit.secret.literal.SecretNames;
import io.alluvium.streams.admit.secret.literal.SecretValue;
import java.util.List;

/**
 * A password that is an argument of a command, or part of a URL: {@code --password …}, {@code curl
 * -u user:…}, {@code sshpass -p …}, {@code mysql -p…}, {@code scheme://user:…@host}. Pure.
 */
public final class Argument {
  private static final int LONGEST_USER_INFO = 200;
  private static final int LONGEST_USER = 64;
  private static final List<String> OF_USERS = List.of("curl", "wget", "http", "xh");
  private static final List<String> OF_P =
      List.of("sshpass", "docker login", "podman login", "mongosh", "mongo");
  private static final List<String> GLUED = List.of("mysql", "mysqldump", "mysqladmin", "mariadb");
  private static final List<String> OF_A = List.of("redis-cli");
  private static final List<String> OF_W = List.of("ldapsearch", "ldapadd", "ldapmodify");

  private Argument() {}

  /** After an option, which is a token that begins with a hyphen. */
  public static Span afterOption(String text, int start, int end) {
    char letter = Shapes.at(text, start + 1);
    if (letter == '-') {
      return afterLongOption(text, start, end);
    }
    if (end - start > 2) {
      boolean isGlued = letter == 'p' && CommandLine.holds(text, start, GLUED);
      return isGlued ? Span.of(start + 2, SecretValue.end(text, start + 2)) : Span.NONE;
    }
    return switch (letter) {
      case 'u' -> CommandLine.holds(text, start, OF_USERS) ? afterUser(text, end) : Span.NONE;
      case 'p' -> of(text, start, OF_P);
      case 'a' -> of(text, start, OF_A);
      case 'w' -> of(text, start, OF_W);
      default -> Span.NONE;
    };
  }

  private static Span afterLongOption(String text, int start, int end) {
    if (end - start == 6 && text.startsWith("user", start + 2)) {
      return CommandLine.holds(text, start, OF_USERS) ? afterUser(text, end) : Span.NONE;
    }
    if (SecretNames.before(text, end) < 0) {
      return Span.NONE;
    }
    int value = Credential.valueStart(text, end);
    return Span.of(value, SecretValue.end(text, value));
  }

  private static Span of(String text, int option, List<String> commands) {
    if (!CommandLine.holds(text, option, commands)) {
      return Span.NONE;
    }
    int value = Credential.valueStart(text, option + 2);
    return Span.of(value, SecretValue.end(text, value));
  }

  private static Span afterUser(String text, int option) {
    int user = Credential.valueStart(text, option);
    int i = user;
    while (i - user < LONGEST_USER && isOfUser(Shapes.at(text, i))) {
      i++;
    }
    return i > user && Shapes.at(text, i) == ':'
        ? Span.of(i + 1, SecretValue.end(text, i + 1))
        : Span.NONE;
  }

  private static boolean isOfUser(char c) {
    return Shapes.isToken(c) || c == '.' || c == '@';
  }

  /** Whether the user's part of a URL ends at this @, with or without a password that is one. */
  public static boolean endsUserInfo(String text, int at) {
    return passwordStart(text, at) >= 0;
  }

  /** The password before this @, where a URL's user part ends here. */
  public static Span ofUrl(String text, int at) {
    int password = passwordStart(text, at);
    return password >= 0 && SecretValue.isOfUrl(text, password, at)
        ? new Span(password, at)
        : Span.NONE;
  }

  private static int passwordStart(String text, int at) {
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
