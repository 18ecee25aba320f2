/**
 * Whether a candidate may replace the champion.
 *
 * <p>Enters: losses and exact matches of candidate, champion and base. Leaves: a verdict with every
 * measured axis. {@link io.alluvium.trainer.gate.Gate} is pure; {@link
 * io.alluvium.trainer.gate.measure.Evaluator} measures on the tensor thread.
 */
@NullMarked
package io.alluvium.trainer.gate;

import org.jspecify.annotations.NullMarked;
