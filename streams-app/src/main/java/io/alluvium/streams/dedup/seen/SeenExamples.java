package io.alluvium.streams.dedup.seen;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.streams.dedup.exact.Fingerprint;
import io.alluvium.streams.store.SharedLimit;
import io.alluvium.streams.store.layout.Layout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
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
 * What a partition has let through within the window: fingerprints and where they first stood.
 *
 * <p>Time is that of the log, the largest record timestamp so far. So a record that is late, or a
 * backfill with old timestamps, is remembered like any other, and the same log gives the same
 * answers after a restart.
 *
 * <p>Examples that follow each other closely share a row, so a burst is a few changelog records;
 * after a pause the next row begins, so that what is written already is not written again. Rows are
 * numbered and know the times of their examples: nothing in them depends on the window.
 */
public final class SeenExamples {
  static final String STORE = "dedup-examples";

  /** Of the store. */
  public static final Layout LAYOUT = Layout.first(STORE, Map.of());

  /** Of log time; more than a commit takes, so that a trickle's rows are written once or twice. */
  private static final long LONGEST_BLOCK_MS = 1000;

  /** Let go of at a time; more than one, so that a shorter window is reached. */
  private static final int MOST_LET_GO = 4;

  private static final Bytes HEAD = key(0);

  private final KeyValueStore<Bytes, byte[]> store;
  private final ProcessingContext context;
  private final long windowMs;
  private final FormerSeenStore former;
  private final SharedLimit allowed;
  private @Nullable Known known;

  /**
   * Over its stores.
   *
   * @param window the longest that is asked for
   * @param former what a build before remembered
   * @param allowed how many fingerprints all tasks of the process keep in memory
   */
  public SeenExamples(
      ProcessingContext context, Duration window, FormerSeenStore former, SharedLimit allowed) {
    this.store = context.getStateStore(STORE);
    this.context = context;
    this.windowMs = window.toMillis();
    this.former = former;
    this.allowed = allowed;
    allowed.join();
  }

  /** Holds nothing any more. */
  public void close() {
    known = null;
    allowed.leave();
  }

  /** The stores; on disk, because they hold every example of the window. */
  public static Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingEnabled(),
        PlaceStore.store());
  }

  /** The offset at which a fingerprint first stood within the span. */
  public OptionalLong first(Fingerprint fingerprint, Span span) {
    return known().first(fingerprint, span);
  }

  /**
   * Remembers an example as first seen now.
   *
   * @param id fingerprint of its id
   * @param text fingerprint of its text
   * @param origin where it stands
   * @param nowMs log time
   */
  public void remember(Fingerprint id, Fingerprint text, RecordOrigin origin, long nowMs) {
    known().add(new Block.Entry(id, text, nowMs, origin.getOffset()));
  }

  private Known known() {
    Known all = known;
    if (all == null) {
      all = new Known();
      known = all;
      all.read();
    }
    return all;
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

    boolean holds(long timeMs) {
      return firstMs <= timeMs && timeMs <= lastMs;
    }
  }

  /** Where everything is, made of the store at the first look. */
  private final class Known {
    private final PlaceStore places = new PlaceStore(context, allowed);
    private Block open = Block.empty();
    private long openNumber = 1;
    private long openedMs;
    private long oldest = 1;

    void read() {
      long last = 0;
      try (KeyValueIterator<Bytes, byte[]> blocks = store.range(key(1), key(Long.MAX_VALUE))) {
        while (blocks.hasNext()) {
          KeyValue<Bytes, byte[]> row = blocks.next();
          long number = ByteBuffer.wrap(row.key.get()).getLong();
          oldest = last == 0 ? number : oldest;
          last = number;
          Block.read(row.value).forEach(entry -> index(entry, number));
        }
      }
      openNumber = last + 1;
      oldest = last == 0 ? openNumber : oldest;
      takeFormer();
    }

    /** Once, in full rows whatever their times; a head says that it was done. */
    private void takeFormer() {
      if (store.get(HEAD) == null) {
        former.forEach(
            context,
            entry -> {
              if (open.size() == Block.MOST) {
                begin();
              }
              append(entry);
            });
        store.put(HEAD, Block.empty().bytes());
      }
    }

    OptionalLong first(Fingerprint fingerprint, Span span) {
      Search search = new Search(fingerprint, span);
      places.any(
          fingerprint,
          number -> {
            Block block = block(number);
            if (block != null) {
              block.forEach(search::look);
            }
            return false;
          });
      return search.found < Long.MAX_VALUE ? OptionalLong.of(search.found) : OptionalLong.empty();
    }

    private @Nullable Block block(long number) {
      if (number == openNumber) {
        return open;
      }
      byte[] row = store.get(key(number));
      return row == null ? null : Block.read(row);
    }

    void add(Block.Entry entry) {
      if (open.size() == Block.MOST
          || (open.size() > 0 && entry.timeMs() - openedMs > LONGEST_BLOCK_MS)) {
        begin();
      }
      if (open.size() == 0) {
        openedMs = entry.timeMs();
        letGo(entry.timeMs() - windowMs);
      }
      append(entry);
    }

    private void begin() {
      open = Block.empty();
      openNumber++;
    }

    private void append(Block.Entry entry) {
      open = open.with(entry);
      store.put(key(openNumber), open.bytes());
      index(entry, openNumber);
    }

    private void index(Block.Entry entry, long number) {
      places.add(entry.id(), number);
      if (!entry.text().equals(entry.id())) {
        places.add(entry.text(), number);
      }
    }

    /** Of blocks that are older than any window, the oldest few. */
    private void letGo(long upToMs) {
      for (int i = 0; i < MOST_LET_GO && oldest < openNumber; i++) {
        Block block = block(oldest);
        if (block != null && block.lastMs() > upToMs) {
          return;
        }
        if (block != null) {
          long number = oldest;
          block.forEach(entry -> unindex(entry, number));
          store.delete(key(oldest));
        }
        oldest++;
      }
    }

    private void unindex(Block.Entry entry, long number) {
      places.remove(entry.id(), number);
      places.remove(entry.text(), number);
    }
  }

  /** The smallest offset of a fingerprint in a span. */
  private static final class Search {
    private final Fingerprint fingerprint;
    private final Span span;
    private long found = Long.MAX_VALUE;

    Search(Fingerprint fingerprint, Span span) {
      this.fingerprint = fingerprint;
      this.span = span;
    }

    void look(Block.Entry entry) {
      if (entry.isOf(fingerprint) && span.holds(entry.timeMs())) {
        found = Math.min(found, entry.offset());
      }
    }
  }

  /** Big-endian, so that numbers and keys have one order. */
  private static Bytes key(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }
}
