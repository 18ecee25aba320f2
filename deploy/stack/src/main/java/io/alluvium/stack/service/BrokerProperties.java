package io.alluvium.stack.service;

import java.util.Map;
import java.util.TreeMap;

/** Settings of a Kafka cluster of one node. */
final class BrokerProperties {
  /** Topics that Kafka keeps for itself: one copy, and few partitions for a quick start. */
  private static final Map<String, String> OWN_TOPICS =
      Map.of(
          "offsets.topic.replication.factor", "1",
          "offsets.topic.num.partitions", "4",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "transaction.state.log.num.partitions", "4",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1",
          "share.coordinator.state.topic.num.partitions", "1",
          "default.replication.factor", "1",
          "min.insync.replicas", "1");

  /**
   * A member that was killed is noticed after six seconds; Kafka's own least value is 45.
   *
   * <p>An open transaction whose producer died is looked for every six seconds, not ten; not
   * sooner, for a broker that starts again and aborts what timed out before its partitions have a
   * leader writes no markers for them (Kafka 4.4.0).
   */
  private static final Map<String, String> GROUPS =
      Map.of(
          "group.initial.rebalance.delay.ms", "0",
          "group.consumer.min.session.timeout.ms", "6000",
          "group.consumer.session.timeout.ms", "6000",
          "group.consumer.min.heartbeat.interval.ms", "1000",
          "group.consumer.heartbeat.interval.ms", "2000",
          "group.streams.min.session.timeout.ms", "6000",
          "group.streams.session.timeout.ms", "6000",
          "group.streams.min.heartbeat.interval.ms", "1000",
          "group.streams.heartbeat.interval.ms", "2000",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "6000");

  /** A node that was killed is let in again after four seconds, not nine. */
  private static final Map<String, String> NODE_SESSION =
      Map.of("broker.session.timeout.ms", "4000", "broker.heartbeat.interval.ms", "1000");

  /** Less memory than a server's defaults, and no topic by a typing mistake. */
  private static final Map<String, String> SMALL =
      Map.of(
          "auto.create.topics.enable", "false",
          "log.cleaner.dedupe.buffer.size", "16777216",
          "log.index.size.max.bytes", "1048576");

  private BrokerProperties() {}

  static Map<String, String> of(int port, int controllerPort) {
    Map<String, String> all = new TreeMap<>(OWN_TOPICS);
    all.putAll(GROUPS);
    all.putAll(NODE_SESSION);
    all.putAll(SMALL);
    all.putAll(node(port, controllerPort));
    return all;
  }

  private static Map<String, String> node(int port, int controllerPort) {
    String clients = "PLAINTEXT://127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    return Map.of(
        "process.roles", "broker,controller",
        "node.id", "1",
        "listeners", clients + ",CONTROLLER://" + controller,
        "advertised.listeners", clients,
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names", "CONTROLLER",
        "controller.quorum.voters", "1@" + controller,
        "log.dirs", "data");
  }
}
