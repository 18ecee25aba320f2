/**
 * How Python binds arguments and attributes. Enters: values and names. Leaves: values, or the
 * complaint that Python has. Any thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.python.call;

import org.jspecify.annotations.NullMarked;
