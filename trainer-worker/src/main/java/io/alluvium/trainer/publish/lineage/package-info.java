/**
 * What the log says of every adapter: two lines, that of releases and that of training.
 *
 * <p>Enters: committed version events and states in their order. Leaves: where each adapter goes on
 * from, what its next candidate can be judged by, and whether committed offsets belong to the
 * events. Pure but for the form of an offset's note. Used from the polling thread.
 */
@NullMarked
package io.alluvium.trainer.publish.lineage;

import org.jspecify.annotations.NullMarked;
