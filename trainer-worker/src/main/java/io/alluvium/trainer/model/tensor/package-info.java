/**
 * Numbers as files hold them. Enters: bytes. Leaves: types, values as fp32 arrays, and where a
 * tensor lies. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.tensor;

import org.jspecify.annotations.NullMarked;
