/**
 * From records to what a model can be trained on.
 *
 * <p>Enters: examples as text. Leaves: token sequences with weights, split into a training and a
 * held-out share, ordered and batched; or the reason why an example cannot be used. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.trainer.dataset;

import org.jspecify.annotations.NullMarked;
