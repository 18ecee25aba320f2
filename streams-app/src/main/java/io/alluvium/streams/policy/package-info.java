/**
 * Parameters of the rules that change while running: versioned documents, each in force from a
 * stated log time on.
 *
 * <p>Enters: records of the policies topic. Leaves: for an adapter and a log time, the sections
 * that its rules apply. The table is filled by Kafka Streams' global thread; the book is read by
 * all stream threads without waiting.
 */
@NullMarked
package io.alluvium.streams.policy;

import org.jspecify.annotations.NullMarked;
