package io.alluvium.streams.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alluvium.streams.journal.Allowance;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The windows of a partition's adapters, each entry in a store as well: a ring of slots per
 * adapter, one changelog record for each example. A window is made of the store when it is first
 * asked for, and again after it was let go because others were used later.
 */
public final class NearStore {
  private static final String STORE = "dedup-near";
  private static final int HEAD_BYTES = 3 * Long.BYTES;
  private static final int VALUE_BYTES = HEAD_BYTES + Signature.PLACES * Short.BYTES;
  private static final int FIRST_CAPACITY = 64;
  private static final float LOAD_FACTOR = 0.75f;

  private final KeyValueStore<Bytes, byte[]> store;
  private final int capacity;
  private final Allowance entries;
  private final Map<String, NearWindow> windows =
      new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true);
  private int held;

  /**
   * Reads nothing yet.
   *
   * @param capacity slots of a ring; the same as long as the store lives
   * @param entries how many all tasks of the process keep in memory
   */
  public NearStore(ProcessingContext context, int capacity, Allowance entries) {
    this.store = context.getStateStore(STORE);
    this.capacity = capacity;
    this.entries = entries;
    entries.join();
  }

  /** Holds nothing any more. */
  public void close() {
    windows.clear();
    entries.leave();
  }

  /** An adapter's window. */
  public NearWindow window(String adapter) {
    NearWindow window = windows.get(adapter);
    if (window == null) {
      window = read(adapter);
      windows.put(adapter, window);
      held += window.size();
      makeRoom();
    }
    return window;
  }

  private NearWindow read(String adapter) {
    NearWindow window = new NearWindow(capacity);
    byte[] prefix = prefix(adapter);
    if (store.get(key(prefix, 0)) == null) {
      return window;
    }
    try (KeyValueIterator<Bytes, byte[]> ring =
        store.range(key(prefix, 0), key(prefix, capacity - 1))) {
      ring.forEachRemaining(slot -> window.add(entry(ByteBuffer.wrap(slot.value))));
    }
    return window;
  }

  private static NearWindow.Entry entry(ByteBuffer value) {
    long sequence = value.getLong();
    long timeMs = value.getLong();
    long offset = value.getLong();
    short[] signature = new short[Signature.PLACES];
    value.asShortBuffer().get(signature);
    return new NearWindow.Entry(sequence, timeMs, offset, signature);
  }

  /** Lets go of the windows used least recently; the one in use stays. */
  private void makeRoom() {
    Iterator<NearWindow> eldest = windows.values().iterator();
    for (int left = windows.size(); left > 1 && held > entries.share(); left--) {
      held -= eldest.next().size();
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
    NearWindow window = window(adapter);
    NearWindow.Entry entry = new NearWindow.Entry(window.nextSequence(), timeMs, offset, signature);
    held -= window.size();
    window.add(entry);
    held += window.size();
    makeRoom();
    store.put(key(prefix(adapter), (int) (entry.sequence() % capacity)), value(entry));
  }

  /** A name ends with a zero, which it cannot hold. */
  private static byte[] prefix(String adapter) {
    byte[] name = adapter.getBytes(UTF_8);
    return Arrays.copyOf(name, name.length + 1);
  }

  private static Bytes key(byte[] prefix, int slot) {
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Integer.BYTES).put(prefix).putInt(slot).array());
  }

  private static byte[] value(NearWindow.Entry entry) {
    ByteBuffer value =
        ByteBuffer.allocate(VALUE_BYTES)
            .putLong(entry.sequence())
            .putLong(entry.timeMs())
            .putLong(entry.offset());
    value.asShortBuffer().put(entry.signature());
    return value.array();
  }

  /** The store; on disk, because it holds 250 bytes for each example in a window. */
  public static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray());
  }
}
