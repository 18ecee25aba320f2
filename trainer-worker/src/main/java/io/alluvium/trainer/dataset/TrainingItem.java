package io.alluvium.trainer.dataset;

import io.alluvium.trainer.base.text.TokenSequence;

/**
 * One example ready to be trained on.
 *
 * @param id the example's id
 * @param tokens its tokens
 * @param weight factor of its loss, as stamped on the record before training
 */
public record TrainingItem(String id, TokenSequence tokens, float weight) {}
