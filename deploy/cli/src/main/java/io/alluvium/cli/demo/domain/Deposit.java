package io.alluvium.cli.demo.domain;

import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;

/** One thing that the demo sends to the topic {@code examples}. */
public sealed interface Deposit {
  /**
   * A record in the right form, whatever its content.
   *
   * @param id the producer's identifier
   * @param question prompt and completion
   */
  record Example(String id, QuestionAndAnswer question) implements Deposit {}

  /**
   * Bytes that are no record at all.
   *
   * @param text what somebody sent by mistake, in ASCII
   */
  record WrongBytes(String text) implements Deposit {}
}
