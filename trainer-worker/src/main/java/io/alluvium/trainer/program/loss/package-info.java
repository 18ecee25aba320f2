/**
 * Losses over the head: cross entropy of what is learned, KL on anchors, and what methods do to
 * single tokens. Text for the training program; pure, any thread.
 */
@NullMarked
package io.alluvium.trainer.program.loss;

import org.jspecify.annotations.NullMarked;
