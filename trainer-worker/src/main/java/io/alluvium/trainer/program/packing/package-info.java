/**
 * Sequences as batches: a flat axis of tokens, and rows of like length for attention. Enters:
 * lengths. Leaves: places, as plain arrays and as tensors of the caller's.
 */
@NullMarked
package io.alluvium.trainer.program.packing;

import org.jspecify.annotations.NullMarked;
