package io.alluvium.streams.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alluvium.streams.journal.Allowance;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The windows of a partition's adapters, each entry in a store as well. A window is made of the
 * store when it is first asked for, and again after it was let go because others were used later.
 *
 * <p>An adapter's entries lie in a ring of slots, up to eight in a row in the slot of the first.
 * Entries that follow each other closely share one, so the store's cache turns a burst into a few
 * changelog records per commit; after a pause the next slot begins, so that what is written already
 * is not written again. What a slot holds of an earlier round is known by its numbers.
 */
public final class NearStore {
  private static final String STORE = "dedup-near";
  private static final byte FORMAT = 2;
  private static final int HEAD_BYTES = 1 + Long.BYTES;
  private static final int ENTRY_BYTES = 2 * Long.BYTES + Signature.PLACES * Short.BYTES;

  /** Rows begin and end at multiples of this. */
  private static final int LONGEST_ROW = 8;

  /** Below the commit interval, by default. */
  private static final long LONGEST_ROW_MS = 100;

  private static final int FIRST_CAPACITY = 64;
  private static final float LOAD_FACTOR = 0.75f;

  private final KeyValueStore<Bytes, byte[]> store;
  private final ProcessingContext context;
  private final int capacity;
  private final Allowance entries;
  private final Map<String, Held> adapters = new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true);
  private int held;

  /**
   * Reads nothing yet.
   *
   * @param capacity entries of a window; the same as long as the store lives
   * @param entries how many all tasks of the process keep in memory
   */
  public NearStore(ProcessingContext context, int capacity, Allowance entries) {
    this.store = context.getStateStore(STORE);
    this.context = context;
    this.capacity = capacity;
    this.entries = entries;
    entries.join();
  }

  /** Holds nothing any more. */
  public void close() {
    adapters.clear();
    entries.leave();
  }

  /** An adapter's window. */
  public NearWindow window(String adapter) {
    return held(adapter).window;
  }

  private Held held(String adapter) {
    Held known = adapters.get(adapter);
    if (known == null) {
      known = new Held(adapter);
      adapters.put(adapter, known);
      held += known.window.size();
      makeRoom();
    }
    return known;
  }

  /** Lets go of the windows used least recently; the one in use stays. */
  private void makeRoom() {
    Iterator<Held> eldest = adapters.values().iterator();
    for (int left = adapters.size(); left > 1 && held > entries.share(); left--) {
      held -= eldest.next().window.size();
      eldest.remove();
    }
  }

  /**
   * Remembers an example that was let through.
   *
   * @param timeMs log time, milliseconds since the epoch
   * @param offset where it stands
   * @param signature its places
   */
  public void remember(String adapter, long timeMs, long offset, short[] signature) {
    Held known = held(adapter);
    NearWindow window = known.window;
    NearWindow.Entry entry = new NearWindow.Entry(window.nextSequence(), timeMs, offset, signature);
    held -= window.size();
    window.add(entry);
    held += window.size();
    makeRoom();
    known.write(entry);
  }

  /** One adapter's window, and the row that its next entry may go into. */
  private final class Held {
    private final byte[] prefix;
    private final NearWindow window = new NearWindow(capacity);
    private byte[] row = {};
    private long firstOfRow;
    private long rowBeganMs;

    Held(String adapter) {
      byte[] name = adapter.getBytes(UTF_8);
      // A name ends with a zero, which it cannot hold.
      this.prefix = Arrays.copyOf(name, name.length + 1);
      if (store.get(key(0)) != null) {
        read();
      }
    }

    private void read() {
      List<NearWindow.Entry> found = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> ring = store.range(key(0), key(slots() - 1))) {
        ring.forEachRemaining(slot -> addTo(found, checked(ByteBuffer.wrap(slot.value))));
      }
      long last = found.stream().mapToLong(NearWindow.Entry::sequence).max().orElse(0);
      found.stream().filter(entry -> entry.sequence() > last - capacity).forEach(window::add);
    }

    void write(NearWindow.Entry entry) {
      long nowMs = context.currentSystemTimeMs();
      if (row.length == 0
          || entry.sequence() % LONGEST_ROW == 0
          || nowMs - rowBeganMs > LONGEST_ROW_MS) {
        firstOfRow = entry.sequence();
        rowBeganMs = nowMs;
        row = ByteBuffer.allocate(HEAD_BYTES).put(FORMAT).putLong(firstOfRow).array();
      }
      row = with(row, entry);
      store.put(key((int) (firstOfRow % slots())), row);
    }

    private Bytes key(int slot) {
      return Bytes.wrap(
          ByteBuffer.allocate(prefix.length + Integer.BYTES).put(prefix).putInt(slot).array());
    }
  }

  /**
   * A multiple of the longest row, so that none goes over the end of the ring, and a row more than
   * the window, so that what is written over is out of the window to its last entry.
   */
  private int slots() {
    return ((capacity + LONGEST_ROW - 1) / LONGEST_ROW + 1) * LONGEST_ROW;
  }

  private static byte[] with(byte[] row, NearWindow.Entry entry) {
    byte[] longer = Arrays.copyOf(row, row.length + ENTRY_BYTES);
    ByteBuffer.wrap(longer, row.length, ENTRY_BYTES)
        .putLong(entry.timeMs())
        .putLong(entry.offset())
        .asShortBuffer()
        .put(entry.signature());
    return longer;
  }

  private static void addTo(List<NearWindow.Entry> found, ByteBuffer row) {
    long sequence = row.getLong();
    while (row.hasRemaining()) {
      long timeMs = row.getLong();
      long offset = row.getLong();
      short[] signature = new short[Signature.PLACES];
      row.asShortBuffer().get(signature);
      row.position(row.position() + signature.length * Short.BYTES);
      found.add(new NearWindow.Entry(sequence++, timeMs, offset, signature));
    }
  }

  private static ByteBuffer checked(ByteBuffer row) {
    byte format = row.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "store %s holds format %d, this build reads %d: reset the application's state"
              .formatted(STORE, format, FORMAT));
    }
    return row;
  }

  /** The store; on disk, because it holds 250 bytes for each example in a window. */
  public static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }
}
