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

/**
 * What a partition has seen within the window: fingerprints and where they first stood.
 *
 * <p>Time is that of the log, the largest record timestamp so far. So a record that is late, or a
 * backfill with old timestamps, is remembered like any other (a window store alone would silently
 * drop it), and the same log gives the same answers after a restart.
 *
 * <p>A fingerprint is kept under the slice of time, one window long, that it was seen in, with the
 * moment beside it: a look is two reads of single keys, which filters answer for what was never
 * seen, and no scan over segments. For that the store keeps up to three windows instead of two.
 */
final class Seen {
  static final String SEEN_STORE = "dedup-seen";

  private final WindowStore<byte[], byte[]> seen;
  private final long windowMs;

  /**
   * Over its store.
   *
   * @param window the longest that is asked for; the same as long as the store lives
   */
  Seen(ProcessingContext context, Duration window) {
    this.seen = context.getStateStore(SEEN_STORE);
    this.windowMs = window.toMillis();
  }

  static StoreBuilder<?> seenStore(Duration window) {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(SEEN_STORE, window.multipliedBy(2), window, false),
        Serdes.ByteArray(),
        Serdes.ByteArray());
  }

  /** Where a fingerprint first stood within the span. */
  Optional<RecordOrigin> first(Fingerprint fingerprint, String topic, Span span) {
    byte[] key = fingerprint.toBytes();
    for (long slice = sliceOf(span.firstMs()); slice <= span.lastMs(); slice += windowMs) {
      byte[] place = seen.fetch(key, slice);
      if (place != null && isWithin(span, place)) {
        return Optional.of(origin(topic, place));
      }
    }
    return Optional.empty();
  }

  private static boolean isWithin(Span span, byte[] place) {
    long seenMs = ByteBuffer.wrap(place).getLong();
    return span.firstMs() <= seenMs && seenMs <= span.lastMs();
  }

  private long sliceOf(long timeMs) {
    return timeMs - timeMs % windowMs;
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
        ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
            .putLong(nowMs)
            .putInt(origin.getPartition())
            .putLong(origin.getOffset())
            .array();
    seen.put(fingerprint.toBytes(), place, sliceOf(nowMs));
  }

  private static RecordOrigin origin(String topic, byte[] place) {
    ByteBuffer buffer = ByteBuffer.wrap(place).position(Long.BYTES);
    return new RecordOrigin(topic, buffer.getInt(), buffer.getLong());
  }
}
