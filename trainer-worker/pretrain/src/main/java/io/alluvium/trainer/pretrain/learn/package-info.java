/**
 * Full-parameter training through the decoder program: packed rows enter, weights leave. Tensor
 * thread only.
 */
@NullMarked
package io.alluvium.trainer.pretrain.learn;

import org.jspecify.annotations.NullMarked;
