/**
 * How often the gate's bound lets gains through that are none, and gains that are some. Enters:
 * number of draws, a seed and what samples are drawn from. Leaves: shares. Pure; on any thread.
 */
@NullMarked
package io.alluvium.trainer.bench.level;

import org.jspecify.annotations.NullMarked;
