/**
 * Texts on which adapters are held to the base. Enters: a file of texts, or the base itself.
 * Leaves: token sequences, and each step's share of them with the base's states. Tensor thread, but
 * for reading files.
 */
@NullMarked
package io.alluvium.trainer.finetune.anchor;

import org.jspecify.annotations.NullMarked;
