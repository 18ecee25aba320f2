/**
 * Scoring: what the frozen base and the current adapter make of an example.
 *
 * <p>Enters: accepted examples. Leaves: losses, embedding, or a refusal. Losses are measured on the
 * tensor thread; adapters are followed on the polling thread.
 */
@NullMarked
package io.alluvium.trainer.score;

import org.jspecify.annotations.NullMarked;
