/**
 * Cutting windows: pure rules, time is an argument.
 *
 * <p>Enters: records of one topic, partition by partition, in offset order. Leaves: windows, each
 * an offset range of one partition. Used from the polling thread.
 */
@NullMarked
package io.alluvium.trainer.claim.window;

import org.jspecify.annotations.NullMarked;
