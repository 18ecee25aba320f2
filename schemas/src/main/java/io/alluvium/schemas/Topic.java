package io.alluvium.schemas;

import org.apache.avro.specific.SpecificRecord;

/**
 * One topic: keys are adapter ids in UTF-8, values Avro in the Confluent wire format.
 *
 * @param name full name, prefix included
 * @param valueType the Avro type of every value
 * @param partitions number of partitions when created; what an existing topic must have
 * @param retention how long records stay
 * @param <V> the value type
 */
public record Topic<V extends SpecificRecord>(
    String name, Class<V> valueType, int partitions, Retention retention) {

  /** The registry subject of the values (Confluent's TopicNameStrategy). */
  public String subject() {
    return name + "-value";
  }
}
