/**
 * How new an example is to its adapter: by its words, by its place among embeddings, by what the
 * adapter has learned.
 *
 * <p>Enters: scored examples. Leaves: candidates with three signals, their p-values, a score, a
 * class, and the mark of a drift where one was found. Rules are pure; one journal per task keeps
 * the state of each base and adapter. Runs on the stream threads.
 */
@NullMarked
package io.alluvium.streams.novelty;

import org.jspecify.annotations.NullMarked;
