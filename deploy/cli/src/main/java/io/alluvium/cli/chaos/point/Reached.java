package io.alluvium.cli.chaos.point;

/** How far a trainer had come when it was killed, as the broker tells it afterwards. */
public enum Reached {
  /** Its artifact is in the store, and no transaction knows of it. */
  ARTIFACT_WRITTEN("artifact written"),
  /** Records are with the broker in a transaction that is open. */
  TRANSACTION_BEGUN("transaction begun"),
  /** The broker has the commit and carries it out, or has done so. */
  COMMIT_SENT("commit sent"),
  /** There was no sign in time, so nothing was killed. */
  NO_SIGN("no sign in time"),
  /** The broker did not say. */
  UNKNOWN("not known");

  private final String words;

  Reached(String words) {
    this.words = words;
  }

  /** For people; also the key in JSON. */
  public String words() {
    return words;
  }
}
