/**
 * Role train: consume, run a round, commit. Enters: the training topics. Leaves: version events
 * with their artifacts, refused records. The polling thread, with the model on the tensor thread.
 */
@NullMarked
package io.alluvium.trainer.train;

import org.jspecify.annotations.NullMarked;
