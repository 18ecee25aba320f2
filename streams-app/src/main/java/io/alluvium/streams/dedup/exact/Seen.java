package io.alluvium.streams.dedup.exact;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.streams.journal.Allowance;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a partition has seen within the window: fingerprints and where they first stood.
 *
 * <p>Time is that of the log, the largest record timestamp so far. So a record that is late, or a
 * backfill with old timestamps, is remembered like any other (a window store alone would silently
 * drop it), and the same log gives the same answers after a restart.
 *
 * <p>A fingerprint is kept under the slice of time, one window long, that it was seen in, with the
 * moment beside it: a look is two reads of single keys and no scan over segments. For that the
 * store keeps up to three windows instead of two. What was never seen, nearly everything, a sieve
 * in memory knows without a read; it is made of the store at the first look.
 */
public final class Seen {
  private static final Logger LOG = LoggerFactory.getLogger(Seen.class);
  private static final String STORE = "dedup-seen";
  private static final int PLACE_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final WindowStore<byte[], byte[]> seen;
  private final long windowMs;
  private final Allowance sieved;
  private @Nullable Sieves sieves;

  /**
   * Over its store.
   *
   * @param window the longest that is asked for; the same as long as the store lives
   * @param sieved how many fingerprints all tasks of the process keep in memory
   */
  public Seen(ProcessingContext context, Duration window, Allowance sieved) {
    this.seen = context.getStateStore(STORE);
    this.windowMs = window.toMillis();
    this.sieved = sieved;
    sieved.join();
  }

  /** Holds nothing any more. */
  public void close() {
    sieves = null;
    sieved.leave();
  }

  /** The store; on disk, because it holds every example of the window. */
  public static StoreBuilder<?> store(Duration window) {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(STORE, window.multipliedBy(2), window, false),
        Serdes.ByteArray(),
        Serdes.ByteArray());
  }

  /** Where a fingerprint first stood within the span. */
  public Optional<RecordOrigin> first(Fingerprint fingerprint, String topic, Span span) {
    Sieves known = sieves(span.lastMs());
    for (long slice = sliceOf(span.firstMs()); slice <= span.lastMs(); slice += windowMs) {
      byte[] place =
          known.mayHold(slice, fingerprint) ? seen.fetch(fingerprint.toBytes(), slice) : null;
      if (place != null && isWithin(span, place)) {
        return Optional.of(origin(topic, place));
      }
    }
    return Optional.empty();
  }

  private Sieves sieves(long nowMs) {
    Sieves known = sieves;
    if (known == null) {
      known = read(nowMs);
      sieves = known;
    }
    return known;
  }

  /** Of all that is in the store, or of what comes from now on where that is too much. */
  private Sieves read(long nowMs) {
    Sieves fresh = new Sieves();
    int others = 0;
    try (KeyValueIterator<Windowed<byte[]>, byte[]> all = seen.all()) {
      for (int read = 0; all.hasNext(); read++) {
        KeyValue<Windowed<byte[]>, byte[]> entry = all.next();
        if (read > sieved.share()) {
          fresh.giveUp(sliceOf(nowMs));
          return fresh;
        }
        others += entry.value.length == PLACE_BYTES ? 0 : 1;
        fresh.add(entry.key.window().start(), Fingerprint.of(entry.key.key()), Integer.MAX_VALUE);
      }
    }
    report(others);
    return fresh;
  }

  private void report(int others) {
    if (others > 0) {
      LOG.warn(
          "store {} holds {} entries of another format, which this build does not find: what they stand for counts as new; reset the application's state to be rid of them",
          STORE,
          others);
    }
  }

  private static boolean isWithin(Span span, byte[] place) {
    if (place.length != PLACE_BYTES) {
      return false;
    }
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
  public record Span(long firstMs, long lastMs) {
    /** Up to a log time and a window back. */
    public static Span upTo(long nowMs, Duration window) {
      return new Span(Math.max(0, nowMs - window.toMillis() + 1), nowMs);
    }
  }

  /** Remembers a fingerprint as first seen now. */
  public void remember(Fingerprint fingerprint, RecordOrigin origin, long nowMs) {
    byte[] place =
        ByteBuffer.allocate(PLACE_BYTES)
            .putLong(nowMs)
            .putInt(origin.getPartition())
            .putLong(origin.getOffset())
            .array();
    Sieves known = sieves(nowMs);
    known.forgetBefore(sliceOf(Math.max(0, nowMs - windowMs + 1)));
    known.add(sliceOf(nowMs), fingerprint, sieved.share());
    seen.put(fingerprint.toBytes(), place, sliceOf(nowMs));
  }

  private static RecordOrigin origin(String topic, byte[] place) {
    ByteBuffer buffer = ByteBuffer.wrap(place).position(Long.BYTES);
    return new RecordOrigin(topic, buffer.getInt(), buffer.getLong());
  }
}
