/**
 * Role score: what the frozen base and the current adapter make of an example. Enters: accepted
 * examples. Leaves: losses, embedding, or a refusal. The polling thread, with the model on the
 * tensor thread.
 */
@NullMarked
package io.alluvium.trainer.score;

import org.jspecify.annotations.NullMarked;
