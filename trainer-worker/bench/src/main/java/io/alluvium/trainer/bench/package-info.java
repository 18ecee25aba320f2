/**
 * Measures the engine: speed against the machine's own matrix products, memory, and what Java adds.
 * Enters: one order as JSON. Leaves: one result as JSON. A process of its own, one thread.
 */
@NullMarked
package io.alluvium.trainer.bench;

import org.jspecify.annotations.NullMarked;
