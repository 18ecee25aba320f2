package io.alluvium.schemas.setup;

import io.alluvium.schemas.topic.Topics;

/** A topic exists, but not as {@link Topics} says; the message names topic, value and remedy. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One line: topic, what was found, what to do. */
  public TopicMismatchException(String message) {
    super(message);
  }
}
