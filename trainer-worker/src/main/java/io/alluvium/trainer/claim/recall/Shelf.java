package io.alluvium.trainer.claim.recall;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest records that were read, up to so many bytes. Whatever it lacks is in the log.
 *
 * <p>The newest, and not those that are asked for most: what was put aside long ago stands together
 * in the log and is read again in one go, while records of slow adapters lie far apart.
 */
public final class Shelf {
  /** Of a record's objects, beside its bytes. */
  static final int OVERHEAD_BYTES = 300;

  private final Map<Place, ConsumerRecord<byte[], byte[]>> records = new LinkedHashMap<>();
  private final long most;
  private long bytes;

  /**
   * An empty one.
   *
   * @param bytes of keys, values and what the heap takes besides
   */
  public Shelf(long bytes) {
    this.most = bytes;
  }

  /** Keeps a record until newer ones need its room. */
  public synchronized void put(ConsumerRecord<byte[], byte[]> record) {
    if (records.put(Place.of(record), record) == null) {
      bytes += bytes(record);
    }
    for (var oldest = records.values().iterator(); bytes > most; ) {
      bytes -= bytes(removed(oldest));
    }
  }

  /** A record, if it is still here. */
  public synchronized Optional<ConsumerRecord<byte[], byte[]>> find(int partition, long offset) {
    return Optional.ofNullable(records.get(new Place(partition, offset)));
  }

  private static ConsumerRecord<byte[], byte[]> removed(
      Iterator<ConsumerRecord<byte[], byte[]>> records) {
    ConsumerRecord<byte[], byte[]> record = records.next();
    records.remove();
    return record;
  }

  private static int bytes(ConsumerRecord<byte[], byte[]> record) {
    return OVERHEAD_BYTES
        + Math.max(0, record.serializedKeySize())
        + Math.max(0, record.serializedValueSize());
  }
}
