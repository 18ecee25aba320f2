package io.alluvium.streams.weigh;

import io.alluvium.streams.stage.verdict.Reason;

/** Why a scored example gets no weight. */
public enum WeighReason implements Reason {
  /** Loss unusable. */
  BAD_LOSS("The base loss is negative or not a finite number.");

  private final String meaning;

  WeighReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
