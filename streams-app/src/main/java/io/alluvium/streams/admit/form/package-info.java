/**
 * The form of a content: one of two, turns in order, tools where somebody can call.
 *
 * <p>Enters: an example. Leaves: nothing, or the refusal. Pure.
 *
 * <p><b>Who answers an assistant</b>: a user, or tools, one after the other; whether the assistant
 * called them in {@code toolCalls} or in its text ({@code <tool_call>…}), nobody can say for all
 * bases, so either is admitted, and tools' answers in a user's turn too. What the base's template
 * cannot write, the scorer refuses as {@code UNRENDERABLE}. A tool that speaks first, or after a
 * user, was asked by nobody and is refused.
 */
@NullMarked
package io.alluvium.streams.admit.form;

import org.jspecify.annotations.NullMarked;
