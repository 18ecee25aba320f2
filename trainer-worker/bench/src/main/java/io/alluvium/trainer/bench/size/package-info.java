/**
 * Training on a base of real size with random weights: speed, and where its memory is. Enters: one
 * order as JSON. Leaves: one result as JSON. A process of its own.
 */
@NullMarked
package io.alluvium.trainer.bench.size;

import org.jspecify.annotations.NullMarked;
