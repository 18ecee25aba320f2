/**
 * The gradient of an adapter through the frozen decoder, as further methods of its program. Enters:
 * the text of a forward pass. Leaves: text. Pure, any thread.
 */
@NullMarked
package io.alluvium.trainer.program.gradient;

import org.jspecify.annotations.NullMarked;
