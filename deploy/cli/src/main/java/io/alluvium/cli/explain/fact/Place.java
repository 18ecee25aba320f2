package io.alluvium.cli.explain.fact;

import io.alluvium.schemas.RecordOrigin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record stands.
 *
 * @param topic name, prefix included
 * @param partition number
 * @param offset in the partition
 */
public record Place(String topic, int partition, long offset) {
  /** Of a record as it came. */
  public static Place of(ConsumerRecord<?, ?> record) {
    return new Place(record.topic(), record.partition(), record.offset());
  }

  /** As a record names where another stands. */
  public static Place of(RecordOrigin origin) {
    return new Place(origin.getTopic(), origin.getPartition(), origin.getOffset());
  }

  /** Topic and partition. */
  public String log() {
    return topic + "-" + partition;
  }

  /** As other commands write it. */
  @Override
  public String toString() {
    return log() + "@" + offset;
  }
}
