/**
 * Python's values as far as templates know them, and what Python does with them: truth, equality,
 * order, arithmetic, text.
 *
 * <p>Enters: Java and JSON values. Leaves: values of these kinds: {@link
 * io.alluvium.trainer.model.chat.jinja.python.value.None}, {@code Boolean}, {@code BigInteger},
 * {@code Double}, {@code String}, {@link io.alluvium.trainer.model.chat.jinja.python.type.Markup},
 * {@code List}, {@link io.alluvium.trainer.model.chat.jinja.python.value.Tuple}, {@link
 * io.alluvium.trainer.model.chat.jinja.python.type.Dict}, {@link
 * io.alluvium.trainer.model.chat.jinja.python.value.Range}, {@link
 * io.alluvium.trainer.model.chat.jinja.python.type.DictView}, {@link
 * io.alluvium.trainer.model.chat.jinja.python.type.Undefined}, {@link
 * io.alluvium.trainer.model.chat.jinja.python.value.PythonObject}. Any thread, but for generators.
 *
 * <p>More than five classes: what each of them is, writes and equals hangs on the others, as in
 * Python.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.python.type;

import org.jspecify.annotations.NullMarked;
