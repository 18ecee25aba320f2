package io.alluvium.trainer.publish.store;

/** An artifact is not what its event says; the message names folder, file and difference. */
public final class BrokenArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: folder, file, difference, remedy. */
  public BrokenArtifactException(String message) {
    super(message);
  }
}
