package io.alluvium.streams.admit.reason;

import io.alluvium.streams.stage.verdict.Reason;

/** Why an example is not admitted. */
public enum AdmitReason implements Reason {
  /** Empty id. */
  NO_ID("The id is empty or blank."),
  /** Id over the limit. */
  ID_TOO_LONG("The id is longer than admit.maxIdCharacters."),
  /** Adapter id outside the pattern. */
  BAD_ADAPTER("The adapter id is empty or does not match admit.adapterPattern."),
  /** Nothing to learn. */
  NO_CONTENT("There are neither messages nor prompt and completion."),
  /** Two contents. */
  TWO_FORMS("There are both messages and prompt or completion; send one form."),
  /** Half a pair. */
  INCOMPLETE_PAIR("There is a prompt without completion, or a completion without prompt."),
  /** Role unknown. */
  UNKNOWN_ROLE("A message's role is not system, user, assistant or tool."),
  /** Weight unknown. */
  MESSAGE_WEIGHT("A message's weight is not 0 or 1."),
  /** Tools that nobody could call. */
  BAD_TOOLS(
      "The tools, or the calls of a message, are no JSON array of objects, or stand where no assistant can call."),
  /** Roles out of order. */
  ROLE_ORDER(
      "The roles are not: at most one system first, then user and assistant in turn, user first, assistant last; answers of tools, one or several, may stand for a user's turn after an assistant's."),
  /** Empty turn before the response. */
  EMPTY_TURN(
      "A message before the last is empty or blank, and neither calls a tool nor is a tool's answer."),
  /** Only read. */
  NOTHING_LEARNED("Every assistant message has weight 0: nothing would be learned."),
  /** Nothing to learn in the response. */
  EMPTY_RESPONSE("The completion, or the last assistant message, is empty or blank."),
  /** Text over the limit. */
  TOO_LONG("The text is longer than admit.maxCharacters."),
  /** Labels over the limit. */
  LABELS_TOO_LONG("Labels, source and subject together are longer than admit.maxLabelCharacters."),
  /** Importance out of range. */
  BAD_IMPORTANCE("The importance is not a finite number greater than 0."),
  /** No event time. */
  NO_EVENT_TIME("The event time is 0 or before 1970."),
  /** Event time in another unit. */
  EVENT_TIME_IN_SECONDS(
      "The event time lies before April 1973: send milliseconds since the epoch, not seconds."),
  /** Event time in the future. */
  EVENT_TIME_AHEAD("The event time is further in the future than admit.maxClockAhead."),
  /** Record timestamp in the future. */
  RECORD_TIME_AHEAD(
      "The Kafka record's timestamp is further in the future than admit.maxClockAhead; it would end the de-duplication window for everybody.");

  private final String meaning;

  AdmitReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
