/**
 * Jinja as Hugging Face's transformers run it, written after Jinja2 3.1.6.
 *
 * <p>Enters: template source and variables. Leaves: text, or the template's complaint. Any thread.
 * The rooms within: {@code python} has the values, {@code parse} the syntax, {@code render} what
 * templates do.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja;

import org.jspecify.annotations.NullMarked;
