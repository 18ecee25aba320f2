package io.alluvium.streams.watch;

/** Every meter of this application: its name, its unit and what a rise means. */
public enum Meters {
  /** Records by stage and outcome. */
  RECORDS(
      "alluvium.records",
      "",
      "Records that a stage finished, by outcome (passed, refused, kept for later, replayed) and reason code. A rise of a reason: a producer sends what this reason names. Counts attempts: records of an aborted transaction count twice."),
  /** Age of what waits. */
  LAG_AGE(
      "alluvium.lag.age",
      "seconds",
      "Age of the oldest committed record that the stage has not consumed, by the record's timestamp; 0 when there is none, NaN when the broker did not say. A rise: the stage does not keep up, or stands still."),
  /** Number of what waits. */
  LAG_RECORDS(
      "alluvium.lag",
      "records",
      "Offsets between the stage's position and the end of its topic, in partitions where a record waits; transaction markers among them count. A rise: more comes in than goes through."),
  /** Temperature of FLOW. */
  TEMPERATURE(
      "alluvium.temperature",
      "nats",
      "Temperature in force per adapter: median loss of its examples under the base. A rise: examples become harder for the base. Only the first adapters seen have a series."),
  /** Effective sample size. */
  EFFECTIVE_SHARE(
      "alluvium.effective.share",
      "",
      "Effective sample size of the last finished epoch over its number of examples, per adapter, 0 to 1. A fall: few examples carry all the weight. Only the first adapters seen have a series."),
  /** Epochs whose effective sample size was too small. */
  FEW_EFFECTIVE(
      "alluvium.effective.alarms",
      "",
      "Epochs whose effective share was below weigh.minEffectiveShare; the next epoch's weights are drawn together. A rise: look at the losses of the adapters whose alluvium_effective_share is low."),
  /** Drifts found. */
  DRIFTS(
      "alluvium.drifts",
      "",
      "Drifts found per adapter; each is an event on adapter.drift. A rise: what the adapter is sent has changed in words, place or difficulty. Only the first adapters seen have a series, the others share the adapter name other."),
  /** What /health says. */
  READY(
      "alluvium.ready",
      "",
      "1 while Kafka Streams is RUNNING, else 0. A rise is good; 0 for minutes: rebalancing without end, restoring, or dead."),
  /** Records on another partition than their key's. */
  MISPLACED(
      "alluvium.misplaced",
      "records",
      "Records that stood on another partition than their key's murmur2 hash names. A rise: a producer uses another partitioner (librdkafka: set partitioner=murmur2_random), and duplicates between it and others pass unseen."),
  /** Policies read. */
  POLICIES(
      "alluvium.policies",
      "",
      "Policy versions that this instance read, by outcome. A rise of refused: somebody wrote what cannot be a policy, and the former one stays in force; the log names it.");

  private final String id;
  private final String unit;
  private final String meaning;

  Meters(String id, String unit, String meaning) {
    this.id = id;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** Dotted name; Prometheus shows it with underscores, unit and, for counters, _total. */
  public String id() {
    return id;
  }

  /** Base unit; empty for plain counts. */
  public String unit() {
    return unit;
  }

  /** What is measured and what a rise means. */
  public String meaning() {
    return meaning;
  }
}
