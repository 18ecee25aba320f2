package io.alluvium.trainer.publish.settle;

/** Somebody's open transaction hides what is committed; the message names it and the remedy. */
public final class HungTransactionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: topic, whose transaction, how long it was waited for, remedy. */
  public HungTransactionException(String message) {
    super(message);
  }
}
