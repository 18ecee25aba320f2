/**
 * What Python does with texts: the methods of {@code str}, format strings of both kinds, JSON,
 * dates.
 *
 * <p>Enters: values, names of methods. Leaves: values. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.python.text;

import org.jspecify.annotations.NullMarked;
