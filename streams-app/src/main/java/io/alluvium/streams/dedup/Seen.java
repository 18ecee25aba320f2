package io.alluvium.streams.dedup;

import io.alluvium.schemas.RecordOrigin;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * What a partition has seen within the window: fingerprints and where they first stood.
 *
 * <p>Time is that of the log, the largest record timestamp so far. So a record that is late, or a
 * backfill with old timestamps, is remembered like any other (a window store alone would silently
 * drop it), and the same log gives the same answers after a restart.
 */
final class Seen {
  static final String SEEN_STORE = "dedup-seen";

  private final WindowStore<byte[], byte[]> seen;

  Seen(ProcessingContext context) {
    this.seen = context.getStateStore(SEEN_STORE);
  }

  static StoreBuilder<?> seenStore(Duration window) {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(SEEN_STORE, window, window, false),
        Serdes.ByteArray(),
        Serdes.ByteArray());
  }

  /** Where a fingerprint first stood within the span. */
  Optional<RecordOrigin> first(Fingerprint fingerprint, String topic, Span span) {
    try (WindowStoreIterator<byte[]> found =
        seen.fetch(fingerprint.toBytes(), span.firstMs(), span.lastMs())) {
      return found.hasNext() ? Optional.of(origin(topic, found.next().value)) : Optional.empty();
    }
  }

  /**
   * A stretch of log time, milliseconds since the epoch.
   *
   * @param firstMs its first millisecond
   * @param lastMs its last
   */
  record Span(long firstMs, long lastMs) {
    static Span upTo(long nowMs, Duration window) {
      return new Span(Math.max(0, nowMs - window.toMillis() + 1), nowMs);
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
