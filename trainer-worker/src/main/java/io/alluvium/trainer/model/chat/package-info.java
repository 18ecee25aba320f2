/**
 * Conversations as a model folder's own chat template writes them.
 *
 * <p>Enters: a folder, turns. Leaves: one text, and where in it the assistant speaks. Pure but for
 * reading the folder; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat;

import org.jspecify.annotations.NullMarked;
