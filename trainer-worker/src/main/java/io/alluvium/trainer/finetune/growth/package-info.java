/**
 * Which entries of W a sparse adapter trains. Enters: a candidate, and the gradients of all entries
 * summed up over some steps. Leaves: the candidate with other entries. Tensor thread; {@link
 * io.alluvium.trainer.finetune.growth.Entries} is pure.
 */
@NullMarked
package io.alluvium.trainer.finetune.growth;

import org.jspecify.annotations.NullMarked;
