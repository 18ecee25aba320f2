package io.alluvium.trainer.finetune.config;

/**
 * How a round goes through its window, beyond learning rate and batch.
 *
 * @param rewarmSteps steps from a window's first one until the learning rate's height
 * @param batchTokens tokens with which a step's batch is full although it has fewer records than it
 *     may have; 0 for no such limit
 * @param microBatchTokens most tokens that go through the model at once: larger batches are gone
 *     through in parts whose gradients are added up; 0 for all at once
 * @param dropout share of what adapters read that is dropped at random, anew in each step
 * @param spikeDeviations robust deviations above the median of earlier steps from which on a step's
 *     loss is a spike, which is not learned from
 * @param maxQuarantined share of a round's records that may be set aside for spikes before the
 *     round counts as diverged; one record always may
 */
public record LoopConfig(
    int rewarmSteps,
    int batchTokens,
    int microBatchTokens,
    double dropout,
    double spikeDeviations,
    double maxQuarantined) {

  /** Checks every value; the message names it. */
  public LoopConfig {
    Check.that(rewarmSteps >= 0, "finetune.loop.rewarmSteps", rewarmSteps, "0 or more");
    Check.that(batchTokens >= 0, "finetune.loop.batchTokens", batchTokens, "0 or more");
    Check.that(
        microBatchTokens >= 0, "finetune.loop.microBatchTokens", microBatchTokens, "0 or more");
    Check.that(dropout >= 0 && dropout < 1, "finetune.loop.dropout", dropout, "in [0, 1)");
    Check.that(spikeDeviations > 0, "finetune.loop.spikeDeviations", spikeDeviations, "above 0");
    Check.that(
        maxQuarantined >= 0 && maxQuarantined < 1,
        "finetune.loop.maxQuarantined",
        maxQuarantined,
        "in [0, 1)");
  }

  /** No warm-up per window, whole batches at once, no dropout, spikes far above the ordinary. */
  public static LoopConfig defaults() {
    return new LoopConfig(0, 0, 0, 0, 10, 0.1);
  }
}
