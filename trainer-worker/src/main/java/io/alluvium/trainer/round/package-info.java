/**
 * One window's rounds: per adapter from examples to a judged, stored candidate.
 *
 * <p>Enters: the records of a window and what the log says of its adapters. Leaves: outcomes with
 * everything that events are made of, and the events themselves. {@link
 * io.alluvium.trainer.round.RoundRunner} works on the tensor thread; the rest is pure.
 */
@NullMarked
package io.alluvium.trainer.round;

import org.jspecify.annotations.NullMarked;
