/**
 * Records of the log by their offsets: those of a window, and held-out ones of earlier windows.
 *
 * <p>Enters: offsets. Leaves: raw records. What was polled lately is still there; the rest is read
 * again. A {@link io.alluvium.trainer.claim.recall.Shelf} is for any thread, an {@link
 * io.alluvium.trainer.claim.recall.OffsetReader} for one.
 */
@NullMarked
package io.alluvium.trainer.claim.recall;

import org.jspecify.annotations.NullMarked;
