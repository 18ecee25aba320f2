/**
 * Runs templates: scopes, loops, macros, filters, tests, functions, with limits on all of them.
 *
 * <p>Enters: a program that was read, variables. Leaves: text. A run is one thread's; programs are
 * shared.
 *
 * <p>More than five classes: filters call the evaluator for what they map and select, and it calls
 * them.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.render;

import org.jspecify.annotations.NullMarked;
