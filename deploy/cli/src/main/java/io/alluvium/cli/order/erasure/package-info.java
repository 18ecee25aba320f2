/**
 * Erasing: the order, and what is told of versions that learned from what is erased.
 *
 * <p>Enters: a subject, ids or offsets as typed; the index of {@code alluvium explain}. Leaves:
 * orders to streams-app and the trainer, versions with what they saw, the command that goes back to
 * one that saw nothing. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.order.erasure;

import org.jspecify.annotations.NullMarked;
