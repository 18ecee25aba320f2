/**
 * Running the topology: settings for Kafka Streams, answers to its failures, start and stop.
 *
 * <p>Enters: a topology and the user's Kafka settings. Leaves: an exit code. The caller's thread
 * waits.
 */
@NullMarked
package io.alluvium.streams.run;

import org.jspecify.annotations.NullMarked;
