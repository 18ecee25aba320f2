package io.alluvium.streams.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * States by name, kept decoded for the names used last, written as a snapshot every so many steps
 * and the small steps between.
 *
 * <p>Steps go round in a ring of slots behind the snapshot's key, so the store's cache turns a
 * burst on one name into at most one ring per commit, and nothing is ever deleted. A slot carries
 * the number of its step; one that does not follow the snapshot is a leftover of the ring before.
 *
 * @param <S> the state
 */
public final class Journal<S extends Journaled> {
  private static final byte FORMAT = 1;
  private static final int HEADER_BYTES = 1 + Long.BYTES;

  /** A zero and the slot, behind the name. */
  private static final int SUFFIX_BYTES = 1 + Short.BYTES;

  private static final float LOAD_FACTOR = 0.75f;
  private static final int FIRST_CAPACITY = 64;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Kind<S> kind;
  private final Map<String, Page> pages;

  /** Over a store that {@link #store} made. */
  public Journal(ProcessingContext context, String store, Kind<S> kind) {
    this.store = context.getStateStore(store);
    this.kind = kind;
    this.pages =
        new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Page> eldest) {
            return size() > kind.decoded();
          }
        };
  }

  /**
   * What is kept.
   *
   * @param format reads and begins states
   * @param stepsPerSnapshot steps between two snapshots
   * @param decoded how many states stay decoded
   */
  public record Kind<S extends Journaled>(Format<S> format, int stepsPerSnapshot, int decoded) {}

  /** How a state begins and is read. */
  public interface Format<S extends Journaled> {
    /** The state of a name never seen. */
    S fresh();

    /** The inverse of {@link Journaled#snapshot}. */
    S read(ByteBuffer snapshot);
  }

  /** On disk within one memory budget, changelogged, what changes often cached until the commit. */
  public static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** The state of a name. */
  public S state(String name) {
    return page(name).state;
  }

  /** Writes down the step that was just taken on the state of a name. */
  public void took(String name, byte[] step) {
    page(name).took(step);
  }

  /** Every name that has taken a step; reads the whole store. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        byte[] key = all.next().key.get();
        names.add(new String(key, 0, key.length - SUFFIX_BYTES, StandardCharsets.UTF_8));
      }
    }
    return names;
  }

  private Page page(String name) {
    return pages.computeIfAbsent(name, Page::new);
  }

  /** One name's state and how far it is written. */
  private final class Page {
    private final byte[] prefix;
    private S state;
    private long steps;

    Page(String name) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      this.prefix = ByteBuffer.allocate(text.length + 1).put(text).array();
      byte[] snapshot = store.get(key(0));
      if (snapshot == null) {
        this.state = kind.format().fresh();
      } else {
        ByteBuffer written = checked(ByteBuffer.wrap(snapshot));
        this.steps = written.getLong();
        this.state = kind.format().read(written.slice());
      }
      redo();
    }

    void took(byte[] step) {
      steps++;
      int slot = (int) (steps % kind.stepsPerSnapshot());
      store.put(key(slot), written(slot == 0 ? state.snapshot() : step));
    }

    private void redo() {
      try (KeyValueIterator<Bytes, byte[]> slots =
          store.range(key(1), key(kind.stepsPerSnapshot() - 1))) {
        while (slots.hasNext()) {
          KeyValue<Bytes, byte[]> slot = slots.next();
          ByteBuffer written = checked(ByteBuffer.wrap(slot.value));
          if (written.getLong() != steps + 1) {
            return;
          }
          state.redo(written.slice());
          steps++;
        }
      }
    }

    private byte[] written(byte[] body) {
      return ByteBuffer.allocate(HEADER_BYTES + body.length)
          .put(FORMAT)
          .putLong(steps)
          .put(body)
          .array();
    }

    private Bytes key(int slot) {
      return Bytes.wrap(
          ByteBuffer.allocate(prefix.length + Short.BYTES)
              .put(prefix)
              .putShort((short) slot)
              .array());
    }
  }

  private ByteBuffer checked(ByteBuffer written) {
    byte format = written.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "store %s holds format %d, this build reads %d: reset the application's state"
              .formatted(store.name(), format, FORMAT));
    }
    return written;
  }
}
