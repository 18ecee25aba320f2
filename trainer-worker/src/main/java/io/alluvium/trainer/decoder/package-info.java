/**
 * The base model at work: scoring, generation, logits, with or without an adapter.
 *
 * <p>Enters: a model folder and token sequences. Leaves: plain Java arrays. A {@link
 * io.alluvium.trainer.decoder.Decoder} owns native memory and is used from one thread at a time,
 * the tensor thread.
 */
@NullMarked
package io.alluvium.trainer.decoder;

import org.jspecify.annotations.NullMarked;
