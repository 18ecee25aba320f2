package io.alluvium.streams.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * States by name, kept decoded for the names used last, written as a snapshot every so many steps
 * and the small steps between.
 *
 * <p>Steps go round in a ring of slots behind the snapshot's key, and nothing is ever deleted.
 * Steps that follow each other closely share a slot, so the store's cache turns a burst on one name
 * into a few changelog records per commit; after a pause the next slot begins, so that what is
 * written already is not written again. A slot carries the number of its first step; one that does
 * not follow what stands before it is a leftover of the ring before.
 *
 * @param <S> the state
 */
public final class Journal<S extends Journaled> {
  private static final byte FORMAT = 2;
  private static final byte[] NOTHING = {};
  private static final int HEADER_BYTES = 1 + Long.BYTES;

  /** A zero and the slot, behind the name. */
  private static final int SUFFIX_BYTES = 1 + Short.BYTES;

  /** What more would be copied too often, step after step. */
  private static final int FULL_SLOT_BYTES = 2048;

  /** Below the commit interval, by default. */
  private static final long LONGEST_SLOT_MS = 100;

  private static final float LOAD_FACTOR = 0.75f;
  private static final int FIRST_CAPACITY = 64;

  private final KeyValueStore<Bytes, byte[]> store;
  private final ProcessingContext context;
  private final Kind<S> kind;
  private final Map<String, Page> pages;

  /** Over a store that {@link #store} made; {@link #close} gives back what it may hold. */
  public Journal(ProcessingContext context, String store, Kind<S> kind) {
    this.store = context.getStateStore(store);
    this.context = context;
    this.kind = kind;
    kind.decoded().join();
    this.pages =
        new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Page> eldest) {
            return size() > kind.decoded().share();
          }
        };
  }

  /**
   * What is kept.
   *
   * @param format reads and begins states
   * @param stepsPerSnapshot steps between two snapshots
   * @param decoded how many states stay decoded, in all tasks of the process
   */
  public record Kind<S extends Journaled>(
      Format<S> format, int stepsPerSnapshot, Allowance decoded) {}

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

  /** Holds nothing any more; what was taken lies in the store. */
  public void close() {
    pages.clear();
    kind.decoded().leave();
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
    private long stepsAtSnapshot;
    private int slot;
    private long slotBeganMs;
    private byte[] inSlot = NOTHING;

    Page(String name) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      this.prefix = ByteBuffer.allocate(text.length + 1).put(text).array();
      byte[] snapshot = store.get(key(0));
      if (snapshot == null) {
        this.state = kind.format().fresh();
      } else {
        ByteBuffer written = checked(ByteBuffer.wrap(snapshot));
        this.steps = written.getLong();
        this.stepsAtSnapshot = steps;
        this.state = kind.format().read(written.slice());
      }
      if (store.get(key(1)) != null) {
        redo();
      }
    }

    void took(byte[] step) {
      steps++;
      if (steps - stepsAtSnapshot >= kind.stepsPerSnapshot()) {
        store.put(key(0), headed(steps, state.snapshot()));
        stepsAtSnapshot = steps;
        slot = 0;
        inSlot = NOTHING;
      } else {
        write(step);
      }
    }

    private void write(byte[] step) {
      long nowMs = context.currentSystemTimeMs();
      if (inSlot.length == 0
          || inSlot.length + step.length > FULL_SLOT_BYTES
          || nowMs - slotBeganMs > LONGEST_SLOT_MS) {
        slot++;
        slotBeganMs = nowMs;
        inSlot = headed(steps, NOTHING);
      }
      inSlot = with(inSlot, step);
      store.put(key(slot), inSlot);
    }

    private void redo() {
      try (KeyValueIterator<Bytes, byte[]> slots =
          store.range(key(1), key(kind.stepsPerSnapshot() - 1))) {
        while (slots.hasNext()) {
          ByteBuffer written = checked(ByteBuffer.wrap(slots.next().value));
          if (written.getLong() != steps + 1) {
            return;
          }
          slot++;
          redo(written);
        }
      }
    }

    private void redo(ByteBuffer written) {
      while (written.hasRemaining()) {
        int size = written.getInt();
        state.redo(written.slice(written.position(), size));
        written.position(written.position() + size);
        steps++;
      }
    }

    private Bytes key(int number) {
      return Bytes.wrap(
          ByteBuffer.allocate(prefix.length + Short.BYTES)
              .put(prefix)
              .putShort((short) number)
              .array());
    }
  }

  private static byte[] headed(long step, byte[] body) {
    return ByteBuffer.allocate(HEADER_BYTES + body.length)
        .put(FORMAT)
        .putLong(step)
        .put(body)
        .array();
  }

  private static byte[] with(byte[] slot, byte[] step) {
    byte[] longer = Arrays.copyOf(slot, slot.length + Integer.BYTES + step.length);
    ByteBuffer.wrap(longer, slot.length, longer.length - slot.length).putInt(step.length).put(step);
    return longer;
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
