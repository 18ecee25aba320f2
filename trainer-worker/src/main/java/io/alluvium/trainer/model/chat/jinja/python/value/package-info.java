/**
 * Python's simple values as templates meet them: None, tuples, ranges, generators, objects with
 * attributes. Any thread, but for generators.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.python.value;

import org.jspecify.annotations.NullMarked;
