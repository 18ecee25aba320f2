/**
 * Versions made again from their events.
 *
 * <p>Enters: a version's event, the events of its adapter before it, the records of its window as
 * the log has them, folders of the store. Leaves: what the same round ends in once more, and by how
 * much two folders differ. Publishes nothing: folders go into a store of their own. Rounds run on
 * the model's tensor thread, the rest on the caller's.
 */
@NullMarked
package io.alluvium.trainer.rederive;

import org.jspecify.annotations.NullMarked;
