/**
 * What the speed bench feeds the topics with.
 *
 * <p>Enters: how many records of which size for how many adapters. Leaves: topics that are full.
 * Runs on the calling thread.
 */
@NullMarked
package io.alluvium.streams.bench.speed.load;

import org.jspecify.annotations.NullMarked;
