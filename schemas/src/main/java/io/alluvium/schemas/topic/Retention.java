package io.alluvium.schemas.topic;

import java.time.Duration;
import java.util.Map;

/** How long a topic keeps its records. */
public enum Retention {
  /** A week: transport between stages. */
  SEVEN_DAYS("delete", Duration.ofDays(7).toMillis()),
  /** A month: what lineage and redrive read again. */
  THIRTY_DAYS("delete", Duration.ofDays(30).toMillis()),
  /** Never deleted: history. */
  FOREVER("delete", -1),
  /** The last value of each key, for ever. */
  COMPACTED("compact", -1);

  private final String cleanupPolicy;
  private final long retentionMs;

  Retention(String cleanupPolicy, long retentionMs) {
    this.cleanupPolicy = cleanupPolicy;
    this.retentionMs = retentionMs;
  }

  /** Topic settings that say this to a broker, under Kafka's own names. */
  public Map<String, String> topicConfig() {
    return Map.of("cleanup.policy", cleanupPolicy, "retention.ms", Long.toString(retentionMs));
  }
}
