/** In which order a round goes through its batches. Pure. */
@NullMarked
package io.alluvium.trainer.finetune.method.order;

import org.jspecify.annotations.NullMarked;
