/**
 * The round: from a parent state and a window's items to a candidate.
 *
 * <p>Enters: {@link io.alluvium.trainer.finetune.state.TrainingState} and training items. Leaves: a
 * {@link io.alluvium.trainer.finetune.FineTuneResult}; the parent is never changed. Everything runs
 * on the tensor thread; one optimiser step is one native call.
 */
@NullMarked
package io.alluvium.trainer.finetune;

import org.jspecify.annotations.NullMarked;
