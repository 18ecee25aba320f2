/**
 * How much an example counts in training, decided before training and written on the record.
 *
 * <p>Enters: scored examples. Leaves: weighted examples for training. Temperatures are pure values
 * that move from one frozen state to the next; they lie in changelogged stores. Runs on the stream
 * threads.
 */
@NullMarked
package io.alluvium.streams.weigh;

import org.jspecify.annotations.NullMarked;
