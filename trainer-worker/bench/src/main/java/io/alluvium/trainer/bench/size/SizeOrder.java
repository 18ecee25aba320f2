package io.alluvium.trainer.bench.size;

import java.nio.file.Path;

/**
 * What is to be measured.
 *
 * @param folder where the random base is written, or lies
 * @param threads of one tensor operation
 * @param records of a batch
 * @param tokens of each record
 * @param passTokens most tokens that go through the model at once; 0 for all
 * @param steps steps of each kind
 */
public record SizeOrder(
    Path folder, int threads, int records, int tokens, int passTokens, int steps) {
  /** Checks the numbers. */
  public SizeOrder {
    require(threads >= 1, "threads", threads);
    require(records >= 1, "records", records);
    require(tokens >= 2, "tokens", tokens);
    require(passTokens >= 0, "passTokens", passTokens);
    require(steps >= 1, "steps", steps);
  }

  private static void require(boolean holds, String name, int value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", want more");
    }
  }
}
