/**
 * What a next round goes on from. Enters: an adapter, or the folder of one. Leaves: a training
 * state with native memory of its own, or its two files. Tensor thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.state;

import org.jspecify.annotations.NullMarked;
