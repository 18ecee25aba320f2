/**
 * Methods of the literature that change how a round trains, by where they act: what each kind of
 * them is asked. One class for each method stands in the rooms below; {@link
 * io.alluvium.trainer.finetune.method.choice.Methods} knows their names.
 */
@NullMarked
package io.alluvium.trainer.finetune.method;

import org.jspecify.annotations.NullMarked;
