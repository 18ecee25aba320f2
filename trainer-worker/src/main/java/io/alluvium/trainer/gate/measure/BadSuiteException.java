package io.alluvium.trainer.gate.measure;

/** A retention suite cannot be used; the message names file, line and remedy. */
public final class BadSuiteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: file, line number, what is wrong. */
  public BadSuiteException(String message) {
    super(message);
  }
}
