/**
 * Python's values as far as templates know them, and what Python does with them: truth, equality,
 * order, arithmetic, text.
 *
 * <p>Enters: Java and JSON values. Leaves: values of these kinds: {@link
 * io.alluvium.trainer.base.chat.jinja.python.None}, {@code Boolean}, {@code BigInteger}, {@code
 * Double}, {@code String}, {@link io.alluvium.trainer.base.chat.jinja.python.Markup}, {@code List},
 * {@link io.alluvium.trainer.base.chat.jinja.python.Tuple}, {@link
 * io.alluvium.trainer.base.chat.jinja.python.Dict}, {@link
 * io.alluvium.trainer.base.chat.jinja.python.Range}, {@link
 * io.alluvium.trainer.base.chat.jinja.python.DictView}, {@link
 * io.alluvium.trainer.base.chat.jinja.python.Undefined}, {@link
 * io.alluvium.trainer.base.chat.jinja.python.PythonObject}. Any thread, but for generators.
 */
@NullMarked
package io.alluvium.trainer.base.chat.jinja.python;

import org.jspecify.annotations.NullMarked;
