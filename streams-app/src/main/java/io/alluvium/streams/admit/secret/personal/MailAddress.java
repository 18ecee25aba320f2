package io.alluvium.streams.admit.secret.personal;

import io.alluvium.streams.admit.secret.character.CommandLine;
import io.alluvium.streams.admit.secret.character.Shapes;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * E-mail addresses: a local part, @, a domain with a dot and a top level of letters. What programs
 * write alike is none: places of other machines (git@host:path, scp and ssh, users in URLs),
 * versions and files (package@1.0.0-rc.next, icon@2x.png, unit@1.service), and expressions (x@w.T,
 * this@Outer.run()). Pure.
 */
public final class MailAddress {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_PATH = 64;

  /** Ends of file names, of names of system units, and of hosts that no mail reaches. */
  private static final Set<String> FILES =
      Set.of(
          "png",
          "jpg",
          "jpeg",
          "gif",
          "webp",
          "svg",
          "pdf",
          "js",
          "mjs",
          "json",
          "html",
          "css",
          "txt",
          "yml",
          "yaml",
          "xml",
          "jar",
          "git",
          "service",
          "socket",
          "timer",
          "target",
          "mount",
          "slice",
          "latest",
          "next",
          "beta",
          "alpha",
          "canary",
          "local",
          "localdomain",
          "lan",
          "internal");

  private static final Set<String> NOBODY =
      Set.of("git", "hg", "svn", "this", "super", "return", "break", "continue");

  private static final List<String> COMMANDS =
      List.of("ssh", "scp", "sftp", "rsync", "mosh", "ssh-copy-id");

  private MailAddress() {}

  /** Where the address around this @ begins, or -1. */
  public static int start(String text, int at) {
    int start = userStart(text, at);
    while (start < at && (text.charAt(start) == '.' || text.charAt(start) == '\'')) {
      start++;
    }
    boolean isPart =
        start == at
            || text.charAt(at - 1) == '.'
            || Shapes.at(text, start - 1) == '@'
            || text.startsWith("//", start - 2)
            || NOBODY.contains(text.substring(start, at));
    return isPart ? -1 : start;
  }

  /** Where it ends, or -1. */
  public static int end(String text, int at) {
    int end = at + 1;
    int lastDot = -1;
    while (end < text.length() && end - at < LONGEST_DOMAIN && isDomain(text.charAt(end))) {
      if (text.charAt(end) == '.') {
        if (end == at + 1 || text.charAt(end - 1) == '.') {
          break;
        }
        lastDot = end;
      }
      end++;
    }
    while (end > at + 1 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
      end--;
    }
    if (lastDot >= end) {
      lastDot = text.lastIndexOf('.', end - 1);
    }
    boolean isAddress =
        lastDot > at + 1
            && isTopLevel(text, lastDot + 1, end)
            && !isVersion(text, at + 1)
            && !isExpression(text, at, lastDot, end)
            && !isPlace(text, at, end);
    return isAddress ? end : -1;
  }

  private static boolean isTopLevel(String text, int start, int end) {
    boolean upper = false;
    boolean lower = false;
    for (int i = start; i < end; i++) {
      if (!Shapes.isLower(text.charAt(i)) && !Shapes.isUpper(text.charAt(i))) {
        return false;
      }
      lower |= Shapes.isLower(text.charAt(i));
      upper |= Shapes.isUpper(text.charAt(i)) && i > start;
    }
    return end - start >= 2
        && !(upper && lower)
        && !FILES.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
  }

  /** Digits, a dot and digits. */
  private static boolean isVersion(String text, int start) {
    int i = start;
    while (Shapes.isDigit(Shapes.at(text, i))) {
      i++;
    }
    return i > start && Shapes.at(text, i) == '.' && Shapes.isDigit(Shapes.at(text, i + 1));
  }

  /** A call, or names of one letter on both sides. */
  private static boolean isExpression(String text, int at, int lastDot, int end) {
    boolean isCall = "([=".indexOf(Shapes.at(text, end)) >= 0;
    boolean isLetter = lastDot == at + 2 && !Shapes.isToken(Shapes.at(text, at - 2));
    return isCall || isLetter;
  }

  /** host:path, a shell's prompt, or behind a command that goes to another machine. */
  private static boolean isPlace(String text, int at, int end) {
    return isPath(text, end)
        || isPrompt(text, end)
        || CommandLine.calls(text, userStart(text, at), COMMANDS);
  }

  private static int userStart(String text, int at) {
    int start = at;
    while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** :/srv, :~/x, :dir/file, :2222; what goes on as text is none. */
  private static boolean isPath(String text, int colon) {
    char next = Shapes.at(text, colon + 1);
    if (Shapes.at(text, colon) != ':'
        || !(Shapes.isAlphanumeric(next) || "/~.".indexOf(next) >= 0)) {
      return false;
    }
    int i = colon + 1;
    while (i - colon < LONGEST_PATH
        && (Shapes.isToken(Shapes.at(text, i)) || Shapes.at(text, i) == '.')) {
      i++;
    }
    return Shapes.isDigit(next) || "/~.".indexOf(next) >= 0 || Shapes.at(text, i) == '/';
  }

  /** {@code [user@host dir]$}. */
  private static boolean isPrompt(String text, int end) {
    if (Shapes.at(text, end) != ' ') {
      return false;
    }
    int i = end + 1;
    while (i - end < LONGEST_PATH && Shapes.at(text, i) > ' ' && Shapes.at(text, i) != ']') {
      i++;
    }
    return Shapes.at(text, i) == ']' && "$#".indexOf(Shapes.at(text, i + 1)) >= 0;
  }

  private static boolean isLocal(char c) {
    return Shapes.isAlphanumeric(c) || "._%+-'".indexOf(c) >= 0 || isLatin(c);
  }

  private static boolean isDomain(char c) {
    return Shapes.isAlphanumeric(c) || c == '.' || c == '-' || isLatin(c);
  }

  /** Letters of European languages beyond ASCII. */
  private static boolean isLatin(char c) {
    return c >= '\u00c0' && c < '\u0250';
  }
}
