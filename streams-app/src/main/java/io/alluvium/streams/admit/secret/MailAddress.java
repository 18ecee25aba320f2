package io.alluvium.streams.admit.secret;

/** E-mail addresses: a local part, @, a domain with a dot and a top level of letters. Pure. */
final class MailAddress {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;

  private MailAddress() {}

  /** Where the address around this @ begins, or -1. */
  static int start(String text, int at) {
    int start = at;
    while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && text.charAt(start) == '.') {
      start++;
    }
    return start == at || text.charAt(at - 1) == '.' ? -1 : start;
  }

  /** Where it ends, or -1. */
  static int end(String text, int at) {
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
    if (lastDot == end - 1) {
      end = lastDot;
      lastDot = text.lastIndexOf('.', end - 1);
    }
    return lastDot > at + 1 && isTopLevel(text, lastDot + 1, end) ? end : -1;
  }

  private static boolean isTopLevel(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Shapes.isLower(text.charAt(i)) && !Shapes.isUpper(text.charAt(i))) {
        return false;
      }
    }
    return end - start >= 2;
  }

  private static boolean isLocal(char c) {
    return Shapes.isAlphanumeric(c) || "._%+-'".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Shapes.isAlphanumeric(c) || c == '.' || c == '-';
  }
}
