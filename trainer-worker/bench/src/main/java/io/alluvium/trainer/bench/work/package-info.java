/**
 * What is measured, as an order, and what it is measured on. Enters: an order. Leaves: bases with
 * random weights, figures of the process' memory.
 */
@NullMarked
package io.alluvium.trainer.bench.work;

import org.jspecify.annotations.NullMarked;
