package io.alluvium.streams.wire.registry;

import java.util.Map;

/** Who turns values to bytes and back once a schema is known. */
public enum CodecChoice {
  /** Avro alone. */
  DIRECT,
  /** Confluent's serializers, for each value. */
  GENUINE;

  /**
   * Rules of the registry may change or refuse any value, and the latest version may change under
   * way; where neither is asked for, bytes are header and value and nothing else.
   */
  public static CodecChoice of(Map<String, String> settings) {
    return settings.keySet().stream()
            .anyMatch(key -> key.startsWith("rule.") || key.startsWith("use.latest."))
        ? GENUINE
        : DIRECT;
  }
}
