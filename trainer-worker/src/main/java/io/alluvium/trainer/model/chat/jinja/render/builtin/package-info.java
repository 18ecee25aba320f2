/**
 * Functions and objects that every template has: range, dict, namespace, cycler, dates. A run is
 * one thread's.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.render.builtin;

import org.jspecify.annotations.NullMarked;
