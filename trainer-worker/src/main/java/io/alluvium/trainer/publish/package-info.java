/**
 * Making a round's outcome real.
 *
 * <p>Enters: a folder of files, events, offsets. Leaves: a content-addressed artifact, then one
 * transaction with events and offsets, and a {@link io.alluvium.trainer.publish.CommitOutcome} that
 * says how it ended. The polling thread commits; artifacts are written on the tensor thread.
 */
@NullMarked
package io.alluvium.trainer.publish;

import org.jspecify.annotations.NullMarked;
