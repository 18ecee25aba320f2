/**
 * The form of a content: one of two, turns in order, tools where somebody can call.
 *
 * <p>Enters: an example. Leaves: nothing, or the refusal. Pure.
 */
@NullMarked
package io.alluvium.streams.admit.form;

import org.jspecify.annotations.NullMarked;
