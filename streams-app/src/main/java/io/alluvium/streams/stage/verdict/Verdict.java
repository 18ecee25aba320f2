package io.alluvium.streams.stage.verdict;

import java.util.Optional;

/**
 * What a stage says of one value.
 *
 * @param <V> the type that goes on
 */
public sealed interface Verdict<V> {

  /** Yes: this value goes on. */
  record Pass<V>(V value) implements Verdict<V> {}

  /**
   * Yes, changed: this value goes on, and the raw bytes, which hold what was taken out of it, do
   * not go with it into a later rejection.
   */
  record Masked<V>(V value) implements Verdict<V> {}

  /** No where there is a refusal, else yes. */
  static <V> Verdict<V> of(V value, Optional<Refusal> refusal) {
    return refusal.<Verdict<V>>map(Refuse::new).orElseGet(() -> new Pass<>(value));
  }

  /** No, and why. */
  record Refuse<V>(Refusal refusal) implements Verdict<V> {}
}
