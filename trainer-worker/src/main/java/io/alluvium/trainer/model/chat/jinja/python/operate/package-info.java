/** Python's operators on values: arithmetic, comparisons, slices. Pure; any thread. */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.python.operate;

import org.jspecify.annotations.NullMarked;
