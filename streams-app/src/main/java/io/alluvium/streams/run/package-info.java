/**
 * Running the topology: settings for Kafka Streams, answers to its failures, start and stop.
 *
 * <p>Enters: a topology and the user's Kafka settings. Leaves: an exit code. The caller's thread
 * waits.
 *
 * <p><b>Session timeout 10 s</b> with the classic protocol, so that a killed instance is replaced
 * quickly; with {@code group.protocol=streams} the broker's minimum of 45 s holds unless lowered
 * there.
 */
@NullMarked
package io.alluvium.streams.run;

import org.jspecify.annotations.NullMarked;
