package io.alluvium.trainer.decoder.options;

import io.alluvium.trainer.program.device.Device;

/**
 * How a decoder runs.
 *
 * @param threads threads of one tensor operation; 1 gives bit-identical results
 * @param maxTokens longest sequence to be run; cut to what the model was made for
 * @param precision of the frozen weights
 * @param device what computes
 */
public record EngineOptions(int threads, int maxTokens, Precision precision, Device device) {
  /** On the CPU. */
  public EngineOptions(int threads, int maxTokens, Precision precision) {
    this(threads, maxTokens, precision, Device.CPU);
  }

  /** With weights in fp32. */
  public EngineOptions(int threads, int maxTokens) {
    this(threads, maxTokens, Precision.FP32);
  }

  /** Checks both. */
  public EngineOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + ", want 1 or more");
    }
    if (maxTokens < 2) {
      throw new IllegalArgumentException("maxTokens " + maxTokens + ", want 2 or more");
    }
  }
}
