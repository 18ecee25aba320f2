package io.alluvium.streams.dedup.seen;

import io.alluvium.streams.dedup.exact.Fingerprint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
public record FormerSeen(Optional<Duration> window) {
  /** Of the store; its changelog ends with this and {@code -changelog}. */
  public static final String STORE = "dedup-seen";

  private static final int PLACE_BYTES = 2 * Long.BYTES + Integer.BYTES;

  /** Where no build before has been. */
  public static FormerSeen none() {
    return new FormerSeen(Optional.empty());
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

  /** What is in it, in the order of the log. */
  List<Block.Entry> entries(ProcessingContext context) {
    return window.isEmpty()
        ? List.of()
        : entries(context.<WindowStore<byte[], byte[]>>getStateStore(STORE));
  }

  private static List<Block.Entry> entries(WindowStore<byte[], byte[]> store) {
    List<Block.Entry> entries = new ArrayList<>();
    try (KeyValueIterator<Windowed<byte[]>, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Windowed<byte[]>, byte[]> row = all.next();
        // Builds before that one wrote less; what they stand for counts as new, as it did there.
        if (row.value.length == PLACE_BYTES) {
          entries.add(entry(row));
        }
      }
    }
    entries.sort(
        Comparator.comparingLong(Block.Entry::timeMs).thenComparingLong(Block.Entry::offset));
    return entries;
  }

  /** A row was of an id or of a text; which one made no difference. The partition is the task's. */
  private static Block.Entry entry(KeyValue<Windowed<byte[]>, byte[]> row) {
    Fingerprint fingerprint = Fingerprint.of(row.key.key());
    ByteBuffer place = ByteBuffer.wrap(row.value);
    return new Block.Entry(
        fingerprint, fingerprint, place.getLong(0), place.getLong(Long.BYTES + Integer.BYTES));
  }
}
