package io.alluvium.schemas.topic;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic: keys are adapter ids in UTF-8, values Avro in the Confluent wire format.
 *
 * @param name full name, prefix included
 * @param valueType the Avro type of every value
 * @param partitions number of partitions when created; what an existing topic must have
 * @param retention how long records stay
 * @param times whose clock stamps them
 * @param <V> the value type
 */
public record Topic<V extends SpecificRecord>(
    String name, Class<V> valueType, int partitions, Retention retention, TimeOf times) {
  /** One that programs of the system write. */
  public Topic(String name, Class<V> valueType, int partitions, Retention retention) {
    this(name, valueType, partitions, retention, TimeOf.LOG);
  }

  /** Topic settings under Kafka's own names. */
  public Map<String, String> config() {
    Map<String, String> config = new HashMap<>(retention.topicConfig());
    config.putAll(times.topicConfig());
    return config;
  }

  /** The registry subject of the values (Confluent's TopicNameStrategy). */
  public String subject() {
    return name + "-value";
  }
}
