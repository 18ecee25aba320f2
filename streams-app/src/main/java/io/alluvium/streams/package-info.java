/**
 * The streaming application: {@link io.alluvium.streams.ExampleTopology} tells the story, {@link
 * io.alluvium.streams.StreamsApp} runs it.
 *
 * <p>Enters: a configuration file, records of the example topics. Leaves: accepted, weighted and
 * rejected records in one transaction with the offsets. The main thread starts and stops; Kafka
 * Streams' threads do the work.
 */
@NullMarked
package io.alluvium.streams;

import org.jspecify.annotations.NullMarked;
