/**
 * A window of records as tokens to train on.
 *
 * <p>Enters: decoded records. Leaves: {@link io.alluvium.trainer.dataset.TrainingItem}s. Pure.
 */
@NullMarked
package io.alluvium.trainer.dataset;

import org.jspecify.annotations.NullMarked;
