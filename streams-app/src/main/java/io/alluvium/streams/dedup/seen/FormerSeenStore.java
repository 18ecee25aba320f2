package io.alluvium.streams.dedup.seen;

import io.alluvium.streams.dedup.exact.Fingerprint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What builds before blocks remembered: a row for each id and each text. Part of a topology only
 * where its changelog is still there; read once, never written.
 *
 * @param window what is configured, rows of twice this are found; empty where there are none
 */
public record FormerSeenStore(Optional<Duration> window) {
  /** Of the store; its changelog ends with this and {@code -changelog}. */
  public static final String STORE = "dedup-seen";

  private static final int PLACE_BYTES = 2 * Long.BYTES + Integer.BYTES;

  /** Where no build before has been. */
  public static FormerSeenStore none() {
    return new FormerSeenStore(Optional.empty());
  }

  /** The store as it was made. */
  public Set<StoreBuilder<?>> stores() {
    return window.isEmpty() ? Set.of() : Set.of(store(window.get()));
  }

  private static StoreBuilder<?> store(Duration window) {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(STORE, window.multipliedBy(2), window, false),
        Serdes.ByteArray(),
        Serdes.ByteArray());
  }

  /** Hands over what is in it, slice of time by slice, without keeping it. */
  void forEach(ProcessingContext context, Consumer<Block.Entry> each) {
    if (window.isPresent()) {
      WindowStore<byte[], byte[]> store = context.getStateStore(STORE);
      try (KeyValueIterator<Windowed<byte[]>, byte[]> all = store.all()) {
        all.forEachRemaining(row -> entry(row).ifPresent(each));
      }
    }
  }

  /** A row was of an id or of a text; which one made no difference. The partition is the task's. */
  private static Optional<Block.Entry> entry(KeyValue<Windowed<byte[]>, byte[]> row) {
    if (row.value.length != PLACE_BYTES) {
      // Builds before that one wrote less; what they stand for counts as new, as it did there.
      return Optional.empty();
    }
    Fingerprint fingerprint = Fingerprint.of(row.key.key());
    ByteBuffer place = ByteBuffer.wrap(row.value);
    return Optional.of(
        new Block.Entry(
            fingerprint, fingerprint, place.getLong(0), place.getLong(Long.BYTES + Integer.BYTES)));
  }
}
