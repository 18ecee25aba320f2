package io.alluvium.streams.run;

import io.alluvium.streams.store.MemoryConfig;
import io.alluvium.streams.store.RocksDbMemory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams settings: the user's, and those that the promises rest on. */
public final class StreamsSettings {
  private static final String STREAMS_PROTOCOL = "streams";

  /** With group.protocol=streams the broker decides these. */
  private static final Set<String> CLASSIC_ONLY =
      Set.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);

  /**
   * Else Kafka warns at each start, once for itself and once for its assignor, which sees consumer
   * settings only; its own constant is deprecated already.
   */
  private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

  /** An entry that came of an old record must not vanish from its changelog because of that. */
  private static final String CHANGELOG_TIMES =
      StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

  private StreamsSettings() {}

  /**
   * Puts settings together.
   *
   * @param applicationId group, transactional ids and internal topics begin with it
   * @param stateDir where stores lie
   * @param kafka the user's settings under Kafka's own names
   * @throws IllegalArgumentException when one of them contradicts what must hold
   */
  public static StreamsConfig of(String applicationId, Path stateDir, Map<String, String> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    required(applicationId, stateDir).forEach((key, value) -> require(settings, key, value));
    require(settings, CHANGELOG_TIMES, "LogAppendTime");
    if (isStreamsProtocol(kafka)) {
      settings.keySet().removeAll(CLASSIC_ONLY);
    }
    return new StreamsConfig(settings);
  }

  /**
   * Puts settings together, with a budget of memory for the stores.
   *
   * @throws IllegalArgumentException when one of them contradicts what must hold
   */
  public static StreamsConfig of(
      String applicationId, Path stateDir, Map<String, String> kafka, MemoryConfig memory) {
    Map<String, Object> settings = new HashMap<>(of(applicationId, stateDir, kafka).originals());
    settings.putAll(RocksDbMemory.setting(memory));
    return new StreamsConfig(settings);
  }

  /** Whether the group is a streams group and not a classic consumer group. */
  public static boolean isStreamsProtocol(Map<String, String> kafka) {
    return STREAMS_PROTOCOL.equalsIgnoreCase(kafka.get(StreamsConfig.GROUP_PROTOCOL_CONFIG));
  }

  private static Map<String, String> required(String applicationId, Path stateDir) {
    String answers = ErrorHandlers.class.getName();
    return Map.of(
        StreamsConfig.APPLICATION_ID_CONFIG,
        applicationId,
        StreamsConfig.STATE_DIR_CONFIG,
        stateDir.toString(),
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        StreamsConfig.EXACTLY_ONCE_V2,
        GLOBAL_HANDLER,
        "true",
        StreamsConfig.consumerPrefix(GLOBAL_HANDLER),
        "true",
        StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
        "true",
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
        RocksDbMemory.class.getName(),
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        answers,
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        answers,
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        answers);
  }

  private static void require(Map<String, Object> settings, String key, String value) {
    Object before = settings.put(key, value);
    if (before != null && !before.equals(value)) {
      throw new IllegalArgumentException(
          "kafka.%s is %s, must be %s or left out".formatted(key, before, value));
    }
  }
}
