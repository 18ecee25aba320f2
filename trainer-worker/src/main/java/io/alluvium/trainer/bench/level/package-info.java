/**
 * How often the gate's bound lets gains through that are none, and gains that are some. Enters:
 * numbers of draws and a seed, or a base folder and records. Leaves: shares by number of held-out
 * examples. Shares of drawn gains are made on any thread; gains of real candidates in a process of
 * its own, one thread.
 */
@NullMarked
package io.alluvium.trainer.bench.level;

import org.jspecify.annotations.NullMarked;
