/**
 * Stages in a row over Kafka Streams, and the topics that they end in.
 *
 * <p>Enters: streams of arrivals. Leaves: the topology's nodes, and the rejections' topic. Built on
 * the main thread; its processors run on the stream threads.
 */
@NullMarked
package io.alluvium.streams.stage.stream;

import org.jspecify.annotations.NullMarked;
