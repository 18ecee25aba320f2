package io.alluvium.trainer.watch;

/** Every meter of the worker, with what it means. */
public enum Meters {
  /** Every record that a stage finished. Refused rising faster than passed: look at the reasons. */
  RECORDS("alluvium.records", "Records by stage, outcome (passed, refused) and reason"),
  /** Age of the oldest record not yet committed by the group. */
  LAG_AGE("alluvium.lag.age", "Age of the oldest record not yet committed; 0 when drained"),
  /** Records waiting; transaction markers do not count once they are read. */
  LAG_RECORDS("alluvium.lag.records", "Records not yet committed; 0 when drained"),
  /** Records that no window took yet, by what they wait for. */
  WINDOW_WAITING("alluvium.window.waiting", "Records that wait for a window, by reason"),
  /** Beyond window.longest.age with ready_...: training cannot keep up. */
  WINDOW_WAITING_AGE("alluvium.window.waiting.age", "Age of the oldest of them, by reason"),
  /** Records of one adapter that no window took yet. */
  ADAPTER_WAITING("alluvium.adapter.waiting", "Records of an adapter that wait, by partition"),
  /** Rising while others fall: this one starves. */
  ADAPTER_WAITING_AGE(
      "alluvium.adapter.waiting.age", "Age of an adapter's oldest waiting record, by partition"),
  /** Standing still while its records come: its candidates do not pass. */
  ADAPTER_RELEASED(
      "alluvium.adapter.released.timestamp", "Unix time of an adapter's newest release"),
  /** Above 2: the same is wrong again and again; the reasons stand in adapter.versions. */
  ADAPTER_REFUSED(
      "alluvium.adapter.refused", "Candidates of an adapter refused since its last release"),
  /** Standing still while ready is 0: the start hangs. There only while anchors are made. */
  ANCHORS("alluvium.anchors.generated", "Anchors that the base has generated at this start"),
  /** What /health says. */
  READY("alluvium.ready", "1 when the role is at work, else 0"),
  /** From an example's event time to the release of a version made from its window. */
  FRESHNESS("alluvium.freshness", "Event time to publication, per example of a released version"),
  /** Rising over windows: the learning rate is too high or the data got worse. */
  WINDOW_LOSS("alluvium.window.loss", "Mean training loss of the last round, per response token"),
  /** Rising: what comes is not what was learned; how well an adapter meets its stream. */
  PREQUENTIAL_LOSS(
      "alluvium.prequential.loss",
      "Mean loss of the last window's fresh records before they were learned from"),
  /** Near 0 for long: nothing is left to learn, or nothing is learned. */
  HELD_OUT_GAIN("alluvium.heldout.gain", "Held-out loss of the champion minus the candidate's"),
  /** Only rejected counting up: read the reasons in adapter.versions. */
  VERDICTS("alluvium.verdicts", "Rounds by outcome"),
  /** Tokens through the model, those of anchors included. */
  TOKENS("alluvium.tokens", "Tokens through the model, by stage"),
  /** A fall without a change of load: the machine is shared or throttled. */
  TOKENS_PER_SECOND("alluvium.tokens.per.second", "Tokens per second of the last batch or round"),
  /** The version that is served. */
  ADAPTER_VERSION("alluvium.adapter.version", "Current released version per adapter"),
  /** Standing still while records wait: nothing passes the gate, or rounds fail. */
  LAST_PUBLICATION(
      "alluvium.last.publication.timestamp", "Unix time of the newest release; 0 before the first"),
  /** Where the time of a round goes. */
  STAGE("alluvium.stage", "Time per stage of a round or batch"),
  /** Above 0: an artifact is missing or damaged; its examples have no adapter loss. */
  UNREADABLE_ADAPTERS(
      "alluvium.adapters.unreadable", "Adapters whose current artifact the scorer cannot read"),
  /** Above the transaction timeout: a worker hangs within its transaction, and others wait. */
  TRANSACTION_WAIT(
      "alluvium.transaction.wait",
      "How long others' open transactions have held up offsets or events; 0 when none does"),
  /** superseded and fenced rising: the group rebalances too often or two workers share a name. */
  TRANSACTIONS("alluvium.transactions", "Transactions by stage and fate");

  private final String id;
  private final String help;

  Meters(String id, String help) {
    this.id = id;
    this.help = help;
  }

  String id() {
    return id;
  }

  String help() {
    return help;
  }
}
