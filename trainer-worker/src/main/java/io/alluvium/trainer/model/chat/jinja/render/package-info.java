/**
 * Runs templates: scopes, loops, macros, filters, tests, functions, with limits on all of them.
 *
 * <p>Enters: a program that was read, variables. Leaves: text. A run is one thread's; programs are
 * shared.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.render;

import org.jspecify.annotations.NullMarked;
