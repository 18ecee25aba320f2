/**
 * What waits of each adapter, in the order of its offsets. Enters: arrivals. Leaves: how many wait
 * and since when. Pure; polling thread.
 */
@NullMarked
package io.alluvium.trainer.claim.queue;

import org.jspecify.annotations.NullMarked;
