package io.alluvium.trainer.claim;

/**
 * What the bytes of a record turned out to be.
 *
 * @param <V> the type of the topic's values
 */
public sealed interface Reading<V> {

  /** A value of the topic's type. */
  record Decoded<V>(V value) implements Reading<V> {}

  /** Bytes that no value can be made of; they go to the refused records as they are. */
  record Undecodable<V>(Refusal refusal) implements Reading<V> {}
}
