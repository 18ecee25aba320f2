package io.alluvium.streams.dedup;

import io.alluvium.streams.stage.verdict.Reason;

/** Why an example is a duplicate. */
public enum DedupReason implements Reason {
  /** Same id. */
  DUPLICATE_ID("The adapter had an example of this id within dedup.window; the detail names it."),
  /** Same text. */
  DUPLICATE_TEXT(
      "The adapter had an example of this text within dedup.window, case and white space aside; the detail names it."),
  /** Nearly the same text. */
  DUPLICATE_NEAR(
      "One of the adapter's last dedup.near.examples examples within dedup.window says nearly the same, in the whole and in its response; the detail names it.");

  private final String meaning;

  DedupReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
