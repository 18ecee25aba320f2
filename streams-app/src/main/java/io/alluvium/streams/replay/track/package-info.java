/**
 * What is kept of each base and adapter (a track): what is known of it in a journal, its bytes in a
 * store.
 *
 * <p>Enters: examples to keep, orders, draws. Leaves: old examples as if they arrived now. Belongs
 * to one task.
 */
@NullMarked
package io.alluvium.streams.replay.track;

import org.jspecify.annotations.NullMarked;
