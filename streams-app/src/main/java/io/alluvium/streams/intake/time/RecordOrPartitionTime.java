package io.alluvium.streams.intake.time;

import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp; where it has none, the time of its partition so far, which is no
 * later than now: records that are refused move Kafka's time too, ours they do not. Kafka's default
 * stops the application on such a record.
 */
public final class RecordOrPartitionTime implements TimestampExtractor {
  private final InstantSource streamTime;

  /** With the wall clock. */
  public RecordOrPartitionTime() {
    this(InstantSource.system());
  }

  /** With a clock of its own. */
  public RecordOrPartitionTime(InstantSource streamTime) {
    this.streamTime = streamTime;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0
        ? record.timestamp()
        : Math.max(0, Math.min(partitionTime, streamTime.millis()));
  }
}
