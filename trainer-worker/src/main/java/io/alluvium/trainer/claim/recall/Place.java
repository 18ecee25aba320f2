package io.alluvium.trainer.claim.recall;

import io.alluvium.trainer.claim.Sources;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record stands in the topics that are read.
 *
 * @param partition its number among them, see {@link Sources}
 * @param offset in the partition
 */
public record Place(int partition, long offset) {
  /** Of a record as it came. */
  public static Place of(ConsumerRecord<byte[], byte[]> record) {
    return new Place(Sources.number(record.topic(), record.partition()), record.offset());
  }
}
