/**
 * What decoders of different makers do differently, as values: which linears a block has and under
 * which names, its norms, its attention, its positions. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.architecture;

import org.jspecify.annotations.NullMarked;
