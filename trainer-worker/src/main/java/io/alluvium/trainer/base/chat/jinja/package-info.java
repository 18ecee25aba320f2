/**
 * Jinja as Hugging Face's transformers run it, on Jinjava.
 *
 * <p>Enters: template source and variables. Leaves: text, or the template's complaint. Any thread.
 */
@NullMarked
package io.alluvium.trainer.base.chat.jinja;

import org.jspecify.annotations.NullMarked;
