/**
 * The engine, where it computes, and in which type. Enters: a device's name. Leaves: loaded
 * TorchScript modules, or one line that says what is missing. Started once per process.
 */
@NullMarked
package io.alluvium.trainer.program.device;

import org.jspecify.annotations.NullMarked;
