/**
 * Kinds of adapters held against each other on one base. Enters: a base folder. Leaves: losses on
 * held-out records, alone and added up, and times of steps. A process of its own.
 */
@NullMarked
package io.alluvium.trainer.bench.kinds;

import org.jspecify.annotations.NullMarked;
