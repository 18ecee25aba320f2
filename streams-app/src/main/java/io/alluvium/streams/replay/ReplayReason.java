package io.alluvium.streams.replay;

import io.alluvium.streams.stage.verdict.Reason;

/** Why a scored example goes no further. */
public enum ReplayReason implements Reason {
  /** An order to erase means it. */
  ERASED(
      "An operator ordered it to be erased before it came back from the scorer; its content is left out.");

  private final String meaning;

  ReplayReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  /** Erased is not to be copied. */
  @Override
  public boolean hidesValue() {
    return true;
  }
}
