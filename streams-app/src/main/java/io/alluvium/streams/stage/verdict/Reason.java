package io.alluvium.streams.stage.verdict;

/** Why a stage refuses; each stage has an enum of these. */
public interface Reason {

  /** The code on the rejection and on the meters; never renamed once released. */
  String name();

  /** For a person: what was wrong, and so what to send instead. */
  String meaning();

  /** Version of the rule; rises when it comes to another answer for the same record. */
  default int ruleVersion() {
    return 1;
  }

  /** Whether the raw value holds something that must not be copied into the rejection. */
  default boolean hidesValue() {
    return false;
  }
}
