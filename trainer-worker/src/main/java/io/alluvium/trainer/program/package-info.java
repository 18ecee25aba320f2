/**
 * The decoder as a TorchScript program, and what it runs on.
 *
 * <p>The rooms below, in their order: the engine and its devices, batches, frozen weights, the text
 * of the forward pass, the text of the way back. Enters: a decoder's shape and adapted linears.
 * Leaves: modules that the engine has loaded.
 */
@NullMarked
package io.alluvium.trainer.program;

import org.jspecify.annotations.NullMarked;
