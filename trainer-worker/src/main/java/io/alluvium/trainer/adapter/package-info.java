/**
 * LoRA adapters: their tensors and their PEFT folder.
 *
 * <p>Enters: a decoder shape and a spec, or a PEFT folder. Leaves: fp32 A and B per adapted linear,
 * or a written folder. Native memory belongs to {@link io.alluvium.trainer.adapter.LoraWeights};
 * used from the tensor thread.
 */
@NullMarked
package io.alluvium.trainer.adapter;

import org.jspecify.annotations.NullMarked;
