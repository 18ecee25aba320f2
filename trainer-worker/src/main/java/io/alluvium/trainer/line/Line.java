package io.alluvium.trainer.line;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One line of a file that is not blank. */
public sealed interface Line {
  /** Where it stands in the file, counted from 1; blank lines count. */
  long number();

  /**
   * A JSON object, all of whose texts are Unicode.
   *
   * @param json not shared with anybody
   */
  record Read(long number, ObjectNode json) implements Line {}

  /**
   * Something else.
   *
   * @param reason in a few words, for "line 7: REASON"
   */
  record Broken(long number, String reason) implements Line {}
}
