package io.alluvium.streams.admit.secret.character;

/**
 * Where a value stands.
 *
 * @param start its first character
 * @param end after its last; not after the start where there is none
 */
public record Span(int start, int end) {
  /** There is none. */
  public static final Span NONE = new Span(0, 0);

  /** From a start to the end that a rule found, -1 where it found none. */
  public static Span of(int start, int end) {
    return end < 0 ? NONE : new Span(start, end);
  }

  /** Whether there is one. */
  public boolean isFound() {
    return end > start;
  }
}
