/**
 * One optimiser step. Enters: a training state, records and anchors. Leaves: the state changed in
 * place, and what was measured before; or the program text of it. Tensor thread; one native call
 * for each pass.
 */
@NullMarked
package io.alluvium.trainer.finetune.step;

import org.jspecify.annotations.NullMarked;
