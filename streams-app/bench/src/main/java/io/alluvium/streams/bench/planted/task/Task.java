package io.alluvium.streams.bench.planted.task;

/**
 * A prompt and its answer.
 *
 * @param prompt what is given
 * @param completion the answer, beginning with the space between both
 */
public record Task(String prompt, String completion) {
  /** Both as one text. */
  public String text() {
    return prompt + completion;
  }
}
