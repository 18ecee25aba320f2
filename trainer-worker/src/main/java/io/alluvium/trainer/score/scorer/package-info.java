/**
 * Losses and embeddings of examples under the base and under their adapter. Enters: tokenised
 * requests. Leaves: a score, or a refusal for the one record that breaks a batch; tensor thread.
 */
@NullMarked
package io.alluvium.trainer.score.scorer;

import org.jspecify.annotations.NullMarked;
