/**
 * Steps against the machine's own matrix products. Enters: an order. Leaves: speeds and shares,
 * operations in groups. One thread.
 */
@NullMarked
package io.alluvium.trainer.bench.engine;

import org.jspecify.annotations.NullMarked;
