package io.alluvium.streams.admit.secret.key;

import io.alluvium.streams.admit.secret.character.Shapes;

/**
 * Strings that look drawn and are published: digests in base 64 (sha256-…), public keys of SSH
 * (AAAA…) and content in data URIs (;base64,…). Pure.
 */
public final class PublishedString {
  private static final String BASE64 = "base64";

  /** Shorter tokens begin none of them. */
  public static final int SHORTEST = BASE64.length();

  private PublishedString() {}

  /** Where the string ends that begins with this token of {@link #SHORTEST} or more, or -1. */
  public static int end(String text, int start, int end) {
    return switch (text.charAt(start)) {
      case 's' -> text.charAt(start + 1) == 'h' && isDigest(text, start) ? after(text, end) : -1;
      case 'A' -> text.charAt(start + 1) == 'A' && isPublicKey(text, start) ? after(text, end) : -1;
      case 'b' ->
          end - start == BASE64.length()
                  && text.startsWith(BASE64, start)
                  && Shapes.at(text, end) == ','
              ? after(text, end + 1)
              : -1;
      default -> -1;
    };
  }

  private static boolean isDigest(String text, int start) {
    return text.startsWith("sha256-", start)
        || text.startsWith("sha384-", start)
        || text.startsWith("sha512-", start);
  }

  private static boolean isPublicKey(String text, int start) {
    return text.startsWith("AAAAB3NzaC1", start)
        || text.startsWith("AAAAC3NzaC1", start)
        || text.startsWith("AAAAE2VjZHNh", start);
  }

  private static int after(String text, int start) {
    int end = start;
    while (end < text.length()
        && (Shapes.isToken(text.charAt(end)) || "+/=".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }
}
