/**
 * The kinds of adapters: per adapted linear which tensors there are, which of them are trained,
 * what they begin with, what the decoder makes of them and what is published. Enters: shapes, a
 * seed. Leaves: values and program text. Pure, any thread.
 *
 * <p>More than five classes: one class for each kind of adapter, which a sealed interface lists.
 */
@NullMarked
package io.alluvium.trainer.adapter.kind;

import org.jspecify.annotations.NullMarked;
