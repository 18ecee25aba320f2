/** What becomes of a round's states: its candidate is made of them. Tensor thread. */
@NullMarked
package io.alluvium.trainer.finetune.method.end;

import org.jspecify.annotations.NullMarked;
