package io.alluvium.streams.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alluvium.streams.store.SharedLimit;
import io.alluvium.streams.store.layout.Layout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a partition's adapters, each entry in a store as well. A window is made of the
 * store when it is first asked for, and again after it was let go because others were used later.
 *
 * <p>An adapter's entries lie in a ring of slots, up to eight in a row in the slot of the first.
 * Entries that follow each other closely share one, so the store's cache turns a burst into a few
 * changelog records per commit; after a pause the next slot begins, so that what is written already
 * is not written again. What a slot holds of an earlier round is known by its numbers. Where the
 * ring was made for another number of entries its rows are put where they belong when they are
 * first read: all slots are looked through, whatever the ring's size.
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

  /** How often {@link #sweep} should be called. */
  public static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

  /** Of its store; rings of any size are read. */
  public static final Layout LAYOUT =
      Layout.first(STORE, Map.of("places", Integer.toString(Signature.PLACES)));

  private static final int ROWS_A_SWEEP = 4_000;
  private static final int FIRST_CAPACITY = 64;
  private static final float LOAD_FACTOR = 0.75f;

  private final KeyValueStore<Bytes, byte[]> store;
  private final ProcessingContext context;
  private final int capacity;
  private final SharedLimit entries;
  private final Map<String, Held> adapters = new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true);
  private int held;
  private @Nullable String sweptTo;

  /**
   * Reads nothing yet.
   *
   * @param capacity entries of a window
   * @param entries how many all tasks of the process keep in memory
   */
  public NearStore(ProcessingContext context, int capacity, SharedLimit entries) {
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
      List<Row> rows = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> ring = store.range(key(0), key(Integer.MAX_VALUE))) {
        ring.forEachRemaining(slot -> rows.add(Row.of(slot)));
      }
      long first = rows.stream().mapToLong(Row::next).max().orElse(0) - capacity;
      rows.stream()
          .flatMap(row -> row.entries.stream())
          .filter(entry -> entry.sequence() >= first)
          .forEach(window::add);
      rows.stream().filter(row -> row.slot != slot(row.first)).forEach(row -> free(row.slot));
      rows.stream()
          .filter(row -> row.slot != slot(row.first) && row.next() > first)
          .forEach(row -> store.put(key(slot(row.first)), row.written.get()));
    }

    /** The first slot tells that there is something, and never goes alone. */
    private void free(int slot) {
      if (slot == 0) {
        store.put(key(0), head(0));
      } else {
        store.delete(key(slot));
      }
    }

    void write(NearWindow.Entry entry) {
      long nowMs = context.currentSystemTimeMs();
      if (row.length == 0
          || entry.sequence() % LONGEST_ROW == 0
          || nowMs - rowBeganMs > LONGEST_ROW_MS) {
        firstOfRow = entry.sequence();
        rowBeganMs = nowMs;
        row = head(firstOfRow);
      }
      row = with(row, entry);
      store.put(key(slot(firstOfRow)), row);
    }

    private Bytes key(int slot) {
      return NearStore.key(prefix, slot);
    }
  }

  /** Entries that lie in one slot. */
  private record Row(int slot, long first, List<NearWindow.Entry> entries, Bytes written) {
    static Row of(KeyValue<Bytes, byte[]> stored) {
      byte[] key = stored.key.get();
      ByteBuffer from = checked(ByteBuffer.wrap(stored.value));
      return new Row(
          ByteBuffer.wrap(key).getInt(key.length - Integer.BYTES),
          from.getLong(),
          read(checked(ByteBuffer.wrap(stored.value))),
          Bytes.wrap(stored.value));
    }

    long next() {
      return first + entries.size();
    }
  }

  /**
   * Lets go of adapters whose latest entry is older than what anybody asks for, among the next
   * ones; a call for each stretch, round and round. Nothing is decided by it: what is that old is
   * not looked at.
   *
   * @param sinceMs log time from which on entries count
   */
  public void sweep(long sinceMs) {
    Sweep sweep = new Sweep(sinceMs);
    boolean isEnd = true;
    try (KeyValueIterator<Bytes, byte[]> rows = store.range(behind(sweptTo), null)) {
      for (int read = 0; rows.hasNext() && isEnd; read++) {
        KeyValue<Bytes, byte[]> row = rows.next();
        String adapter = adapter(row.key.get());
        if (adapter.equals(sweep.adapter) || read < ROWS_A_SWEEP) {
          sweep.add(adapter, row);
        } else {
          isEnd = false;
        }
      }
    }
    sweep.endAdapter();
    sweptTo = isEnd ? null : sweep.adapter;
    sweep.old.forEach(this::forget);
  }

  private void forget(String adapter, List<Bytes> keys) {
    Held gone = adapters.remove(adapter);
    held -= gone == null ? 0 : gone.window.size();
    keys.forEach(store::delete);
  }

  private static @Nullable Bytes behind(@Nullable String adapter) {
    return adapter == null ? null : Bytes.wrap((adapter + "\u0001").getBytes(UTF_8));
  }

  private static String adapter(byte[] key) {
    return new String(key, 0, key.length - 1 - Integer.BYTES, UTF_8);
  }

  /** One adapter's rows after the other. */
  private static final class Sweep {
    private final long sinceMs;
    private final Map<String, List<Bytes>> old = new LinkedHashMap<>();
    private @Nullable String adapter;
    private List<Bytes> keys = new ArrayList<>();
    private boolean isOld;

    Sweep(long sinceMs) {
      this.sinceMs = sinceMs;
    }

    void add(String next, KeyValue<Bytes, byte[]> row) {
      if (!next.equals(adapter)) {
        endAdapter();
        adapter = next;
        keys = new ArrayList<>();
        isOld = true;
      }
      keys.add(row.key);
      isOld &= read(checked(ByteBuffer.wrap(row.value))).stream().allMatch(this::isOld);
    }

    private boolean isOld(NearWindow.Entry entry) {
      return entry.timeMs() < sinceMs;
    }

    void endAdapter() {
      if (adapter != null && isOld) {
        old.put(adapter, keys);
      }
    }
  }

  private static Bytes key(byte[] prefix, int slot) {
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Integer.BYTES).put(prefix).putInt(slot).array());
  }

  private int slot(long firstOfRow) {
    return (int) (firstOfRow % slots());
  }

  private static byte[] head(long firstOfRow) {
    return ByteBuffer.allocate(HEAD_BYTES).put(FORMAT).putLong(firstOfRow).array();
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

  private static List<NearWindow.Entry> read(ByteBuffer row) {
    List<NearWindow.Entry> found = new ArrayList<>();
    long sequence = row.getLong();
    while (row.hasRemaining()) {
      long timeMs = row.getLong();
      long offset = row.getLong();
      short[] signature = new short[Signature.PLACES];
      row.asShortBuffer().get(signature);
      row.position(row.position() + signature.length * Short.BYTES);
      found.add(new NearWindow.Entry(sequence++, timeMs, offset, signature));
    }
    return found;
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
