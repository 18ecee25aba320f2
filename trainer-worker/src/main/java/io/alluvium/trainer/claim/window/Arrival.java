package io.alluvium.trainer.claim.window;

/**
 * A record as it was taken from its partition.
 *
 * @param offset where it stands
 * @param tokens prompt and response tokens, 0 where they are not known
 * @param arrivedMs when it was polled
 * @param record the record itself
 * @param <T> type of the record
 */
public record Arrival<T>(long offset, int tokens, long arrivedMs, T record) {}
