package io.alluvium.trainer.need;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.memory.PassMemory;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.model.config.DecoderConfig;

/**
 * What training, or scoring, on a base takes. Counted from shapes and settings, so it holds for any
 * base; within a factor of two of what is measured (see the tests and BENCHMARKS.md).
 *
 * @param shape of the base
 * @param weights its weights in memory
 * @param engine how it is run
 * @param finetune how it is trained
 */
public record TrainingNeed(
    DecoderConfig shape, WeightBytes weights, EngineOptions engine, FineTuneConfig finetune) {
  /** JVM with a small heap, its code and compilers, libtorch as loaded. */
  private static final long PROGRAM = 400L << 20;

  /** Freed blocks that the allocator keeps between those in use. */
  private static final double GAPS = 1.25;

  /** Parent, candidate and what is served; two moments of two of them; gradients and their sums. */
  private static final int ADAPTER_COPIES = 9;

  /** An adapter and its two moments. */
  private static final int STORED_COPIES = 3;

  private static final int FLOAT = Float.BYTES;

  /** With every record as long as may be. */
  public Need most() {
    long batch = batchTokens();
    return need(
        finetune.loop().microBatchTokens() == 0 ? batch + anchorTokens(batch) : inParts(batch));
  }

  /** With one record of the longest at a time: less cannot be trained on. */
  public Need least() {
    return need(longest());
  }

  /** Of the role that scores. */
  public Need scoring() {
    PassMemory memory = memory();
    long call =
        Math.max(PassMemory.SCORING_CALL, longest() * memory.forthPerToken((int) longest()));
    long served = (long) FLOAT * adapterElements();
    return new Need(
        weights.mapped(), weights.own(), call + memory.forthOnce(), served, 0, PROGRAM, 0);
  }

  private Need need(long passTokens) {
    PassMemory memory = memory();
    long perToken = memory.trainedPerToken(finetune.memory(), (int) longest());
    long pass = (long) (GAPS * (passTokens * perToken + memory.trainedOnce()));
    long adapter = FLOAT * adapterElements();
    return new Need(
        weights.mapped(),
        weights.own(),
        pass,
        ADAPTER_COPIES * adapter,
        anchorBytes(memory),
        PROGRAM,
        STORED_COPIES * adapter);
  }

  private PassMemory memory() {
    return new PassMemory(shape, engine.precision().dataType(), weights.held());
  }

  private long longest() {
    return Math.min(engine.maxTokens(), shape.maxPositions());
  }

  private long batchTokens() {
    long full = finetune.batchSize() * longest();
    int most = finetune.loop().batchTokens();
    return most == 0 ? full : Math.max(longest(), Math.min(full, most));
  }

  private long inParts(long batch) {
    return Math.min(batch, Math.max(longest(), finetune.loop().microBatchTokens()));
  }

  private long anchorTokens(long batch) {
    AnchorConfig anchors = finetune.anchors();
    long all = anchors.wanted() ? anchors.perBatch() * anchorLength() : 0;
    return Math.min(all, (long) (anchors.tokenRatio() * batch));
  }

  private long anchorLength() {
    return Math.min(finetune.anchors().maxTokens(), longest());
  }

  /** A file may hold more or fewer than would be generated; memory is bounded either way. */
  private long anchorBytes(PassMemory memory) {
    AnchorConfig anchors = finetune.anchors();
    if (!anchors.wanted()) {
      return 0;
    }
    long all = anchors.generate() * anchorLength() * memory.state();
    return Math.min(anchors.keepBytes(), all);
  }

  private long adapterElements() {
    return LoraWeights.slots(shape, finetune.lora()).stream()
        .mapToLong(slot -> slot.rows() * slot.columns())
        .sum();
  }
}
