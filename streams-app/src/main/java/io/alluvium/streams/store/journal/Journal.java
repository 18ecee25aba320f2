package io.alluvium.streams.store.journal;

import io.alluvium.streams.store.SharedLimit;
import io.alluvium.streams.store.layout.Layout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.jspecify.annotations.Nullable;

/**
 * States by name, kept decoded for the names used last, written as a snapshot every so many steps
 * and the small steps between.
 *
 * <p>Steps go round in a ring of slots behind the snapshot's key; nothing of a ring is deleted.
 * Steps that follow each other closely share a slot, so the store's cache turns a burst on one name
 * into a few changelog records per commit; after a pause the next slot begins, so that what is
 * written already is not written again. A slot carries the number of its first step; one that does
 * not follow what stands before it is a leftover of the ring before.
 *
 * <p>Behind the ring stands when the name was last seen, by the log's time and to a thirtieth of
 * the time that it may be idle. A name that was idle for longer begins anew when it is seen again,
 * whether it was swept away by then or not: what is decided is a function of the log.
 *
 * @param <S> the state
 */
public final class Journal<S extends Journaled> {
  /** How often {@link #sweep()} should be called. */
  public static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

  private static final Reading SWEEP = new Reading(200, 4_000);
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

  /** Behind every slot, as keys are sorted. */
  private static final int SEEN = 0xFFFF;

  private static final long NEVER = Long.MIN_VALUE;
  private static final int STEPS_OF_IDLENESS = 30;

  private final KeyValueStore<Bytes, byte[]> store;
  private final ProcessingContext context;
  private final Kind<S> kind;
  private final Map<String, Page> pages;
  private @Nullable String sweptTo;
  private long latestMs = NEVER;

  /** Over a store that {@link #store} made; {@link #close} gives back what it may hold. */
  public Journal(ProcessingContext context, String store, Kind<S> kind) {
    this.store = context.getStateStore(store);
    this.context = context;
    this.kind = kind;
    kind.keeping().decoded().join();
    this.pages =
        new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Page> eldest) {
            return size() > kind.keeping().decoded().share();
          }
        };
  }

  /**
   * What is kept.
   *
   * @param format reads and begins states
   * @param stepsPerSnapshot steps between two snapshots
   * @param keeping how much and how long
   */
  public record Kind<S extends Journaled>(
      Format<S> format, int stepsPerSnapshot, Keeping keeping) {}

  /**
   * How much is kept, and how long.
   *
   * @param decoded how many states stay decoded, in all tasks of the process
   * @param idle how long a name may not be seen, by the log's time, before its state is let go
   */
  public record Keeping(SharedLimit decoded, Duration idle) {}

  /** How a state begins and is read. */
  public interface Format<S extends Journaled> {
    /** The state of a name never seen. */
    S fresh();

    /** The inverse of {@link Journaled#snapshot}. */
    S read(ByteBuffer snapshot);

    /** Lets go of what lies elsewhere of a state that is let go. */
    default void ended(String name, S state) {}
  }

  /** The layout of a journal: with a shorter ring steps would be missed. */
  public static Layout layout(String store, int stepsPerSnapshot) {
    return Layout.first(store, Map.of("stepsPerSnapshot", Integer.toString(stepsPerSnapshot)));
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
    kind.keeping().decoded().leave();
  }

  /** Notes that a name is met at a log time; what was idle for too long begins anew. */
  public void seen(String name, long logTimeMs) {
    latestMs = Math.max(latestMs, logTimeMs);
    if (isIdle(page(name).seenMs, logTimeMs)) {
      forget(name);
    }
    page(name).seen(logTimeMs);
  }

  /** Whether something is kept of a name. */
  public boolean knows(String name) {
    return pages.containsKey(name) || new Page(name).isWritten;
  }

  /** The state of a name that stays where it is: what is decoded already is not pushed out. */
  public S glance(String name) {
    Page known = pages.get(name);
    return (known == null ? new Page(name) : known).state;
  }

  /**
   * Some names in the store's order.
   *
   * @param names in order
   * @param last where to go on, null when these were the last
   */
  public record Stretch(List<String> names, @Nullable String last) {}

  /**
   * The names behind another one, or from the first; at most so many, and of so many entries that
   * are read.
   *
   * @param after null for all
   */
  public Stretch names(@Nullable String after, Reading most) {
    List<String> names = new ArrayList<>();
    String last = after;
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(behind(after), null)) {
      for (int read = 0; entries.hasNext(); read++) {
        String name = name(entries.next().key.get());
        boolean isNext = !name.equals(last);
        if (isNext && (read >= most.entries || names.size() >= most.names)) {
          return new Stretch(names, last);
        }
        if (isNext) {
          names.add(name);
          last = name;
        }
      }
    }
    return new Stretch(names, null);
  }

  /**
   * Bounds of one look at the store; the last name is read to its end.
   *
   * @param names at most
   * @param entries after which no further name is begun
   */
  public record Reading(int names, int entries) {}

  private static @Nullable Bytes behind(@Nullable String name) {
    return name == null ? null : Bytes.wrap((name + "\u0001").getBytes(StandardCharsets.UTF_8));
  }

  private static String name(byte[] key) {
    return new String(key, 0, key.length - SUFFIX_BYTES, StandardCharsets.UTF_8);
  }

  /**
   * Lets go of what was idle for too long among the next names; a call for each stretch, round and
   * round. A name of a build that did not note when it was seen counts as seen now.
   */
  public void sweep() {
    if (latestMs == NEVER) {
      return;
    }
    Stretch stretch = names(sweptTo, SWEEP);
    stretch.names.forEach(this::sweep);
    sweptTo = stretch.last;
  }

  private void sweep(String name) {
    byte[] seen = store.get(key(prefix(name), SEEN));
    Page known = pages.get(name);
    if (seen == null && known != null) {
      known.seen(latestMs);
    } else if (seen == null) {
      store.put(key(prefix(name), SEEN), headed(latestMs, NOTHING));
    } else if (isIdle(checked(ByteBuffer.wrap(seen)).getLong(), latestMs)) {
      forget(name);
    }
  }

  private boolean isIdle(long seenMs, long nowMs) {
    return seenMs != NEVER && nowMs - seenMs > kind.keeping().idle().toMillis();
  }

  private void forget(String name) {
    Page gone = page(name);
    kind.format().ended(name, gone.state);
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.range(gone.key(0), gone.key(SEEN))) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(store::delete);
    pages.remove(name);
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
    private final boolean isWritten;
    private long seenMs = NEVER;

    Page(String name) {
      this.prefix = prefix(name);
      byte[] snapshot = store.get(key(0));
      if (snapshot == null) {
        this.state = kind.format().fresh();
      } else {
        ByteBuffer written = checked(ByteBuffer.wrap(snapshot));
        this.steps = written.getLong();
        this.stepsAtSnapshot = steps;
        this.state = kind.format().read(written.slice());
      }
      boolean hasSteps = store.get(key(1)) != null;
      if (hasSteps) {
        redo();
      }
      this.isWritten = snapshot != null || hasSteps;
      byte[] seen = store.get(key(SEEN));
      if (seen != null) {
        this.seenMs = checked(ByteBuffer.wrap(seen)).getLong();
      }
    }

    void seen(long nowMs) {
      long stepMs = kind.keeping().idle().toMillis() / STEPS_OF_IDLENESS;
      if (seenMs == NEVER || nowMs - seenMs > stepMs) {
        seenMs = nowMs;
        store.put(key(SEEN), headed(nowMs, NOTHING));
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
      return Journal.key(prefix, number);
    }
  }

  private static byte[] prefix(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, text.length + 1);
  }

  private static Bytes key(byte[] prefix, int number) {
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Short.BYTES)
            .put(prefix)
            .putShort((short) number)
            .array());
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
