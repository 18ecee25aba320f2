/**
 * What methods hold and free in a round, as tensors of the training program. Enters: the methods
 * and the state that the round begins from. Tensor thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.restraint;

import org.jspecify.annotations.NullMarked;
