package io.alluvium.cli.chaos.plan;

/** Kinds of faults. */
public enum Kind {
  /** A process is killed at any moment. */
  KILL("kill"),
  /** The trainers are killed when an artifact has just come to its final name. */
  KILL_AT_ARTIFACT("kill at a new artifact"),
  /** The trainers are killed when the broker has an open transaction of one. */
  KILL_IN_TRANSACTION("kill in a transaction"),
  /** The same some milliseconds after an event has come, when the commit may be under way. */
  KILL_AT_COMMIT("kill at the commit"),
  /** An application is stopped until its group has forgotten it, then woken. */
  FREEZE("stop and wake"),
  /** The broker is stopped in order and started again. */
  BROKER_BOUNCE("broker bounced"),
  /** The registry is away for a while, and an application starts meanwhile. */
  REGISTRY_DOWN("registry down"),
  /** The store cannot be written for a while: a file stands where artifacts are staged. */
  STORE_UNWRITABLE("store unwritable"),
  /** streams-app is killed and its local state removed. */
  STATE_REMOVED("local state removed");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** For people; also the key in JSON. */
  public String words() {
    return words;
  }
}
