package io.alluvium.trainer.base;

/**
 * How a decoder runs.
 *
 * @param threads threads of one tensor operation; 1 gives bit-identical results
 * @param maxTokens longest sequence to be run; cut to what the model was made for
 */
public record EngineOptions(int threads, int maxTokens) {
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
