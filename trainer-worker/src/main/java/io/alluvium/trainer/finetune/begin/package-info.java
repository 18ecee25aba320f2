/**
 * First adapters of kinds that begin from the base. Enters: a decoder, texts. Leaves: an adapter
 * that changes nothing yet. Tensor thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.begin;

import org.jspecify.annotations.NullMarked;
