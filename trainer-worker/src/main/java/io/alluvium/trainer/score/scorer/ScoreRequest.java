package io.alluvium.trainer.score.scorer;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import org.jspecify.annotations.Nullable;

/**
 * An example to score.
 *
 * @param example as accepted
 * @param origin where it was read
 * @param tokens its tokens
 * @param adapter the version to score with beside the base; null before the first
 */
public record ScoreRequest(
    TrainingExample example, RecordOrigin origin, TokenSequence tokens, @Nullable Current adapter) {

  /** The same with the base alone. */
  ScoreRequest withoutAdapter() {
    return new ScoreRequest(example, origin, tokens, null);
  }
}
