/**
 * What holds or frees trained tensors in a round. Enters: the state that a round begins from.
 * Leaves: a restraint for each trained tensor. Tensor thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.method.weight;

import org.jspecify.annotations.NullMarked;
