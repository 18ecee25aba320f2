/**
 * What a round is held to: the base's anchors, and the champion's own where they are wanted.
 * Enters: anchors and the state that the round begins from. Leaves: each step's anchors. Tensor
 * thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.hold;

import org.jspecify.annotations.NullMarked;
