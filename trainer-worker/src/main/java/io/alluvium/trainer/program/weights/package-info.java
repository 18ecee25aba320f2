/**
 * The frozen weights in memory: mapped, copied, or widened for each product. Enters: a folder.
 * Leaves: native tensors in the order of the slots, owned by whoever opened them; tensor thread.
 */
@NullMarked
package io.alluvium.trainer.program.weights;

import org.jspecify.annotations.NullMarked;
