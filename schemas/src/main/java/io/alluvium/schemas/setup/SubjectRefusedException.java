package io.alluvium.schemas.setup;

/** The schema registry answered and refused a subject; the message names both and the remedy. */
public final class SubjectRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: URL, subject, the registry's words, what to do. */
  public SubjectRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
