/**
 * The model that rounds run on, and what is told of them. Enters: plans. Leaves: outcomes, log
 * lines, figures. The model is asked on the tensor thread, the rest is the polling thread's.
 */
@NullMarked
package io.alluvium.trainer.train.round;

import org.jspecify.annotations.NullMarked;
