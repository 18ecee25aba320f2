/**
 * What a round does in which order, and how fast. Enters: items, settings, a seed. Leaves: batches,
 * passes, learning rates. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.schedule;

import org.jspecify.annotations.NullMarked;
