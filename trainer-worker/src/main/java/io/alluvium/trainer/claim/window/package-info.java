/**
 * Cutting windows: pure rules over the log.
 *
 * <p>Enters: where records of one topic stand, partition by partition, in offset order. Leaves:
 * windows, each of one adapter, and what the others wait for. Used from the polling thread.
 */
@NullMarked
package io.alluvium.trainer.claim.window;

import org.jspecify.annotations.NullMarked;
