package io.alluvium.cli.produce.line;

import io.alluvium.schemas.TrainingExample;

/** What became of one line. */
public sealed interface ParsedLine {
  /** It is an example. */
  record Example(TrainingExample value) implements ParsedLine {}

  /**
   * It is none.
   *
   * @param reason the rule it broke, in a few words
   */
  record Malformed(String reason) implements ParsedLine {}
}
