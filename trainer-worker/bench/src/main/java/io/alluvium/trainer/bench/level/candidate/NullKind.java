package io.alluvium.trainer.bench.level.candidate;

/** How a candidate is made that is no better. */
public enum NullKind {
  /** Trained on a window whose answers are shuffled among its prompts. */
  SHUFFLED("answers shuffled"),
  /** The same, drawn back onto its champion: a step of length zero. */
  STILL("step of length zero");

  private final String text;

  NullKind(String text) {
    this.text = text;
  }

  /** In a table. */
  public String text() {
    return text;
  }
}
