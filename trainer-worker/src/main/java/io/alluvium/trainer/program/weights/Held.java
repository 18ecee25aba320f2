package io.alluvium.trainer.program.weights;

/** How the frozen weights of a decoder lie in memory. */
public enum Held {
  /** In the data type in which they are multiplied. */
  AS_MULTIPLIED,
  /**
   * Matrices as the file has them, mapped and in 16 bits, and widened to fp32 for each product: the
   * very numbers of fp32 weights in half the memory, and none of it the process's own.
   */
  AS_STORED;

  /** The text of a weight as it is multiplied. */
  public String widened(String weight) {
    return this == AS_STORED ? "torch.to(" + weight + ", 6)" : weight;
  }
}
