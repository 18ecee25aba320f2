package io.alluvium.streams.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
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
 * adapter, one changelog record for each example. The windows are made of the store when it is
 * first asked.
 */
public final class NearStore {
  private static final String STORE = "dedup-near";
  private static final int HEAD_BYTES = 3 * Long.BYTES;
  private static final int VALUE_BYTES = HEAD_BYTES + Signature.PLACES * Short.BYTES;

  private final KeyValueStore<Bytes, byte[]> store;
  private final int capacity;
  private final Map<String, NearWindow> windows = new HashMap<>();
  private boolean isLoaded;

  /**
   * Reads nothing yet.
   *
   * @param capacity slots of a ring; the same as long as the store lives
   */
  public NearStore(ProcessingContext context, int capacity) {
    this.store = context.getStateStore(STORE);
    this.capacity = capacity;
  }

  private void load() {
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> restore(entry.key.get(), ByteBuffer.wrap(entry.value)));
    }
    isLoaded = true;
  }

  private void restore(byte[] key, ByteBuffer value) {
    String adapter = new String(key, Integer.BYTES, key.length - Integer.BYTES, UTF_8);
    long sequence = value.getLong();
    long timeMs = value.getLong();
    long offset = value.getLong();
    short[] signature = new short[Signature.PLACES];
    value.asShortBuffer().get(signature);
    made(adapter).add(new NearWindow.Entry(sequence, timeMs, offset, signature));
  }

  /** An adapter's window; the first question reads the store. */
  public NearWindow window(String adapter) {
    if (!isLoaded) {
      load();
    }
    return made(adapter);
  }

  private NearWindow made(String adapter) {
    return windows.computeIfAbsent(adapter, name -> new NearWindow(capacity));
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
    window.add(entry);
    store.put(key(adapter, (int) (entry.sequence() % capacity)), value(entry));
  }

  private static Bytes key(String adapter, int slot) {
    byte[] name = adapter.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Integer.BYTES + name.length).putInt(slot).put(name).array());
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
