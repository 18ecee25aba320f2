package io.alluvium.streams.hold;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.streams.hold.Erasure.What;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Orders to erase that a task has to obey or to remember, each an entry of its store: what is kept
 * is gone through once, in slices, and what comes back from the scorer later is held against them
 * for as long as it can be under way.
 */
public final class ErasureBook {
  private static final byte ENTRY = 'e';
  private static final byte FORMAT = 1;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Bytes, Entry> entries = new LinkedHashMap<>();
  private final List<Entry> toDo = new ArrayList<>();

  /** Of all entries, by adapter; made when it is first asked, and anew after some went. */
  private @Nullable Map<String, Named> index;

  /** Over a store of orders; its keys that begin with an e belong to this class. */
  public ErasureBook(ProcessingContext context, String store) {
    this.store = context.getStateStore(store);
    try (KeyValueIterator<Bytes, byte[]> all =
        this.store.range(Bytes.wrap(new byte[] {ENTRY}), Bytes.wrap(new byte[] {ENTRY + 1}))) {
      all.forEachRemaining(this::recall);
    }
  }

  private void recall(KeyValue<Bytes, byte[]> written) {
    if (written.key.get()[0] == ENTRY) {
      put(written.key, Entry.read(written.value));
    }
  }

  private void put(Bytes key, Entry entry) {
    entries.put(key, entry);
    if (index != null) {
      index(index, entry.erasure);
    }
    if (!entry.isDone) {
      toDo.add(entry);
    }
  }

  /**
   * An order and how far it is obeyed.
   *
   * @param erasure the order
   * @param isDone whether all that was kept has been gone through
   * @param after the name up to which it has, null before the first
   */
  public record Entry(Erasure erasure, boolean isDone, @Nullable String after) {
    private Bytes key() {
      byte[] id = erasure.order().getBytes(StandardCharsets.UTF_8);
      return Bytes.wrap(
          ByteBuffer.allocate(1 + Long.BYTES + id.length)
              .put(ENTRY)
              .putLong(erasure.untilMs())
              .put(id)
              .array());
    }

    private byte[] written() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream to = new DataOutputStream(bytes)) {
        to.writeByte(FORMAT);
        to.writeBoolean(isDone);
        to.writeLong(erasure.untilMs());
        to.writeUTF(erasure.adapter());
        to.writeUTF(erasure.order());
        to.writeUTF(after == null ? "" : after);
        write(to, erasure.what());
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return bytes.toByteArray();
    }

    private static void write(DataOutputStream to, What what) throws IOException {
      if (what instanceof Erasure.Subject subject) {
        to.writeByte('s');
        to.writeLong(subject.hash());
      } else if (what instanceof Erasure.Id id) {
        to.writeByte('i');
        to.writeLong(id.hash());
      } else if (what instanceof Erasure.Range range) {
        to.writeByte('r');
        to.writeInt(range.partition());
        to.writeLong(range.first());
        to.writeLong(range.next());
      } else if (what instanceof Erasure.Accepted range) {
        to.writeByte('a');
        to.writeInt(range.partition());
        to.writeLong(range.first());
        to.writeLong(range.next());
      }
    }

    private static Entry read(byte[] written) {
      try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(written))) {
        from.readByte();
        boolean isDone = from.readBoolean();
        long untilMs = from.readLong();
        String adapter = from.readUTF();
        String order = from.readUTF();
        String after = from.readUTF();
        return new Entry(
            new Erasure(adapter, what(from), untilMs, order),
            isDone,
            after.isEmpty() ? null : after);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    private static What what(DataInputStream from) throws IOException {
      byte kind = from.readByte();
      return switch (kind) {
        case 's' -> new Erasure.Subject(from.readLong());
        case 'i' -> new Erasure.Id(from.readLong());
        case 'r' -> new Erasure.Range(from.readInt(), from.readLong(), from.readLong());
        case 'a' -> new Erasure.Accepted(from.readInt(), from.readLong(), from.readLong());
        default -> throw new IllegalStateException("an erasure of kind " + kind + " is unknown");
      };
    }
  }

  /** Orders of one adapter, found by what they name. */
  private static final class Named {
    private final Map<What, Erasure> latest = new HashMap<>();
    private final List<Erasure> ranges = new ArrayList<>();

    void add(Erasure erasure) {
      if (erasure.what() instanceof Erasure.Range || erasure.what() instanceof Erasure.Accepted) {
        ranges.add(erasure);
      } else {
        latest.merge(
            erasure.what(), erasure, (one, other) -> one.untilMs() > other.untilMs() ? one : other);
      }
    }

    Optional<Erasure> meaning(KeptExample kept, Supplier<ScoredExample> content) {
      Erasure byId = latest.get(new Erasure.Id(kept.id()));
      if (byId != null && byId.means(kept, content)) {
        return Optional.of(byId);
      }
      Erasure bySubject = latest.get(new Erasure.Subject(kept.subject()));
      if (bySubject != null && bySubject.means(kept, content)) {
        return Optional.of(bySubject);
      }
      return ranges.stream().filter(range -> range.means(kept, content)).findFirst();
    }
  }

  /** Takes an order down, to be obeyed and remembered. */
  public void take(Erasure erasure) {
    keep(new Entry(erasure, /* isDone= */ false, null));
  }

  private void keep(Entry entry) {
    Bytes key = entry.key();
    store.put(key, entry.written());
    put(key, entry);
  }

  /** Whether anything is remembered; else nobody need be asked. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The order that means an example of an adapter that arrives. */
  public Optional<Erasure> meaning(
      String adapter, KeptExample kept, Supplier<ScoredExample> content) {
    Map<String, Named> orders = index();
    return meaning(orders.get(adapter), kept, content)
        .or(() -> meaning(orders.get(Erasure.EVERYBODY), kept, content));
  }

  private static Optional<Erasure> meaning(
      @Nullable Named orders, KeptExample kept, Supplier<ScoredExample> content) {
    return orders == null ? Optional.empty() : orders.meaning(kept, content);
  }

  /** The first order that is not obeyed to its end. */
  public Optional<Entry> toDo() {
    return toDo.stream().findFirst();
  }

  /** All that is kept was gone through. */
  public void finish(Entry entry) {
    replace(entry, new Entry(entry.erasure, /* isDone= */ true, null));
  }

  /** All that is kept was gone through, and nothing that comes need be held against it. */
  public void drop(Entry entry) {
    toDo.remove(entry);
    remove(entry);
  }

  private void remove(Entry entry) {
    entries.remove(entry.key());
    store.delete(entry.key());
    index = null;
  }

  /** What is kept was gone through up to a name. */
  public void goOn(Entry entry, String after) {
    replace(entry, new Entry(entry.erasure, /* isDone= */ false, after));
  }

  private void replace(Entry before, Entry now) {
    store.put(now.key(), now.written());
    entries.put(now.key(), now);
    toDo.remove(before);
    if (!now.isDone) {
      toDo.add(0, now);
    }
  }

  /** Lets go of some orders that nothing under way can be meant by any more. */
  public void forget(long logTimeMs, int most) {
    entries.values().stream()
        .filter(entry -> entry.isDone && !entry.erasure.isRemembered(logTimeMs))
        .limit(most)
        .toList()
        .forEach(this::remove);
  }

  private Map<String, Named> index() {
    Map<String, Named> known = index;
    if (known == null) {
      Map<String, Named> made = new HashMap<>();
      entries.values().forEach(entry -> index(made, entry.erasure));
      index = made;
      return made;
    }
    return known;
  }

  private static void index(Map<String, Named> orders, Erasure erasure) {
    orders.computeIfAbsent(erasure.adapter(), adapter -> new Named()).add(erasure);
  }
}
