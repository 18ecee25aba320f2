/**
 * Suites that measure what was learned must not be learned: their items as hashes of word runs.
 *
 * <p>Enters: records of the suites topic, words of examples. Leaves: the item that an example
 * leaks. The table is filled by Kafka Streams' global thread, the index is read by all stream
 * threads without waiting.
 */
@NullMarked
package io.alluvium.streams.admit.suite;

import org.jspecify.annotations.NullMarked;
