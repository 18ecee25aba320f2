package io.alluvium.trainer.decoder.options;

/**
 * How to continue prompts.
 *
 * @param maxNewTokens most tokens added, at least 1
 * @param temperature 0 takes the likeliest token; above, softmax(logits / temperature) is sampled
 * @param seed of the sampling; the n-th prompt always gets the same numbers
 * @param first number of a call's first prompt among those of the seed
 */
public record GenerationOptions(int maxNewTokens, double temperature, long seed, int first) {
  /** Of prompts that are numbered from 0 in each call. */
  public GenerationOptions(int maxNewTokens, double temperature, long seed) {
    this(maxNewTokens, temperature, seed, 0);
  }

  /** Checks the values. */
  public GenerationOptions {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens " + maxNewTokens + ", want 1 or more");
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature " + temperature + ", want 0 or more");
    }
  }

  /** The likeliest token each time. */
  public static GenerationOptions greedy(int maxNewTokens) {
    return new GenerationOptions(maxNewTokens, 0, 0);
  }
}
