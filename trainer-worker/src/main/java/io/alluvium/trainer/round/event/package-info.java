/**
 * A round's outcome as events: the version, the adapter's state, the window's report, refused
 * records. Enters: an outcome. Leaves: records of the four topics. Pure; polling thread.
 */
@NullMarked
package io.alluvium.trainer.round.event;

import org.jspecify.annotations.NullMarked;
