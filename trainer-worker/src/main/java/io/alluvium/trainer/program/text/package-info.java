/**
 * The decoder as a TorchScript program, and the engine that runs it.
 *
 * <p>Enters: a decoder shape and the linears that carry adapters. Leaves: program text, loaded
 * modules, packed batches. {@link io.alluvium.trainer.program.device.EngineRuntime} is started once
 * per process; the rest is pure.
 */
@NullMarked
package io.alluvium.trainer.program.text;

import org.jspecify.annotations.NullMarked;
