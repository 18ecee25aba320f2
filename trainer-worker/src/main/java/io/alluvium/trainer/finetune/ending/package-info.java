/**
 * A round's end. Enters: the states after its steps. Leaves: its candidate, as the chosen methods
 * make it. Tensor thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.ending;

import org.jspecify.annotations.NullMarked;
