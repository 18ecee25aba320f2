package io.alluvium.streams.dedup;

import io.alluvium.schemas.RecordOrigin;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * What a partition has seen within the window: fingerprints and where they first stood.
 *
 * <p>Time is the largest record timestamp so far, kept in a store of its own. So a record that is
 * late, or a backfill with old timestamps, is remembered like any other (a window store alone would
 * silently drop it), and the same log gives the same answers after a restart.
 */
final class Seen {
  static final String SEEN_STORE = "dedup-seen";
  static final String CLOCK_STORE = "dedup-clock";

  private final WindowStore<byte[], byte[]> seen;
  private final KeyValueStore<String, Long> clock;
  private final long windowMs;

  Seen(ProcessingContext context, Duration window) {
    this.seen = context.getStateStore(SEEN_STORE);
    this.clock = context.getStateStore(CLOCK_STORE);
    this.windowMs = window.toMillis();
  }

  static StoreBuilder<?> seenStore(Duration window) {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(SEEN_STORE, window, window, false),
        Serdes.ByteArray(),
        Serdes.ByteArray());
  }

  static StoreBuilder<?> clockStore() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(CLOCK_STORE), Serdes.String(), Serdes.Long())
        .withCachingEnabled();
  }

  /** Moves time on, never back, and says what it is. */
  long advance(RecordOrigin origin, long recordTimeMs) {
    String partition = Integer.toString(origin.getPartition());
    Long before = clock.get(partition);
    long now = before == null ? recordTimeMs : Math.max(before, recordTimeMs);
    clock.put(partition, now);
    return now;
  }

  /** Where a fingerprint first stood within the window that ends now. */
  Optional<RecordOrigin> first(Fingerprint fingerprint, String topic, long nowMs) {
    try (WindowStoreIterator<byte[]> found =
        seen.fetch(fingerprint.toBytes(), Math.max(0, nowMs - windowMs + 1), nowMs)) {
      return found.hasNext() ? Optional.of(origin(topic, found.next().value)) : Optional.empty();
    }
  }

  /** Remembers a fingerprint as first seen now. */
  void remember(Fingerprint fingerprint, RecordOrigin origin, long nowMs) {
    byte[] place =
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
            .putInt(origin.getPartition())
            .putLong(origin.getOffset())
            .array();
    seen.put(fingerprint.toBytes(), place, nowMs);
  }

  private static RecordOrigin origin(String topic, byte[] place) {
    ByteBuffer buffer = ByteBuffer.wrap(place);
    return new RecordOrigin(topic, buffer.getInt(), buffer.getLong());
  }
}
