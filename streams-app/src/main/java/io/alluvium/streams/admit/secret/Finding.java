package io.alluvium.streams.admit.secret;

import java.util.Locale;

/**
 * Something found in a text; the text itself is not kept here.
 *
 * @param kind what
 * @param start index of its first UTF-16 unit
 * @param end index after its last
 */
public record Finding(SecretKind kind, int start, int end) {
  /** One line that leaks nothing. */
  public String evidence() {
    return "%s of %d characters at character %d"
        .formatted(kind.name().toLowerCase(Locale.ROOT), end - start, start + 1);
  }
}
