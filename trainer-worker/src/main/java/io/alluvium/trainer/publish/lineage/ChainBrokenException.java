package io.alluvium.trainer.publish.lineage;

/** History and committed offsets contradict each other; the message names both and the remedy. */
public final class ChainBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: topic, what was found, what was expected, remedy. */
  public ChainBrokenException(String message) {
    super(message);
  }
}
