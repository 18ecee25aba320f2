package io.alluvium.streams.intake;

import io.alluvium.streams.stage.verdict.Reason;

/** Why a raw record is refused before its content is looked at. */
public enum IntakeReason implements Reason {
  /** No value. */
  NO_VALUE("The record has no value (a tombstone); example topics hold values only."),
  /** Broken bytes. */
  UNDECODABLE(
      "The value is not in the Confluent wire format, broken inside, or followed by further bytes."),
  /** Schema id of nobody. */
  UNKNOWN_SCHEMA("The value names a schema id that the registry does not know."),
  /** Another topic's type. */
  WRONG_TYPE("The value is of a type that does not belong on this topic."),
  /** No key. */
  NO_KEY("The record has no key; the key is the adapter id."),
  /** More than a later stage could send on. */
  TOO_LARGE("Key, value or headers are so large that a later stage could not send the record on."),
  /** Key and adapter differ. */
  KEY_NOT_ADAPTER("The key is not the adapter id of the value, as UTF-8 text.");

  private final String meaning;

  IntakeReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
