package io.alluvium.trainer.claim.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records that were read lately, up to so many bytes. Whatever it lacks is in the log. */
public final class Shelf {
  /** Of a record's objects, beside its bytes. */
  private static final int OVERHEAD_BYTES = 300;

  private final Cache<Place, ConsumerRecord<byte[], byte[]>> records;

  private record Place(int partition, long offset) {}

  /**
   * An empty one.
   *
   * @param bytes of keys, values and what the heap takes besides
   */
  public Shelf(long bytes) {
    this.records =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<Place, ConsumerRecord<byte[], byte[]>>weigher((place, record) -> bytes(record))
            .build();
  }

  /** Keeps a record for a while. */
  public void put(ConsumerRecord<byte[], byte[]> record) {
    records.put(new Place(record.partition(), record.offset()), record);
  }

  /** A record, if it is still here. */
  Optional<ConsumerRecord<byte[], byte[]>> find(int partition, long offset) {
    return Optional.ofNullable(records.getIfPresent(new Place(partition, offset)));
  }

  private static int bytes(ConsumerRecord<byte[], byte[]> record) {
    return OVERHEAD_BYTES
        + Math.max(0, record.serializedKeySize())
        + Math.max(0, record.serializedValueSize());
  }
}
