package io.alluvium.trainer.finetune.guard;

/**
 * A record that is not trained on.
 *
 * @param id the producer's
 * @param evidence one line: what was measured with it and against which limit
 */
public record Culprit(String id, String evidence) {}
