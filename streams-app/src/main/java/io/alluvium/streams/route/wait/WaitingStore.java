package io.alluvium.streams.route.wait;

import io.alluvium.streams.hold.KeptExample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Candidates that wait: contents in a store, what is known of them in memory. */
public final class WaitingStore {
  /** Its name. */
  public static final String STORE = "route-waiting";

  /** A zero, the queue, the number. */
  private static final int SUFFIX_BYTES = 2 + Long.BYTES;

  private static final int ARRIVALS = 0;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<String, NavigableMap<Long, KeptExample>> review = new TreeMap<>();
  private final Map<String, NavigableMap<Long, KeptExample>> pool = new TreeMap<>();
  private final Map<String, Integer> arrivals = new TreeMap<>();

  /** Reads what waited when the task was elsewhere. */
  public WaitingStore(ProcessingContext context) {
    this.store = context.getStateStore(STORE);
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        remember(all.next());
      }
    }
  }

  /** On disk, changelogged, written once per commit. */
  public static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** What for. */
  public enum Queue {
    /** For an operator's answer. */
    REVIEW(0),
    /** For the end of a window. */
    POOL(1);

    private final byte code;

    Queue(int code) {
      this.code = (byte) code;
    }

    /** What stands for it in keys; never changes. */
    byte code() {
      return code;
    }

    /** The one that a code stands for. */
    static Queue of(byte code) {
      return code == REVIEW.code ? REVIEW : POOL;
    }
  }

  /**
   * One that waits.
   *
   * @param adapter whose
   * @param queue what for
   * @param number in the order of arrival, from 1
   */
  public record Place(String adapter, Queue queue, long number) {
    Bytes key() {
      byte[] name = adapter.getBytes(StandardCharsets.UTF_8);
      return Bytes.wrap(
          ByteBuffer.allocate(name.length + SUFFIX_BYTES)
              .put(name)
              .put((byte) 0)
              .put(queue.code())
              .putLong(number)
              .array());
    }
  }

  /** Adapters of which something waits. */
  public List<String> adapters(Queue queue) {
    return new ArrayList<>(all(queue).keySet());
  }

  /** Adapters of which anything waits, in order. */
  public NavigableSet<String> adapters() {
    NavigableSet<String> adapters = new TreeSet<>(review.keySet());
    adapters.addAll(pool.keySet());
    return adapters;
  }

  /** Numbers of what waits of an adapter and fulfils a condition. */
  List<Long> numbers(String adapter, Queue queue, Predicate<KeptExample> which) {
    return of(adapter, queue).entrySet().stream()
        .filter(each -> which.test(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What is known of one that waits. */
  KeptExample known(Place place) {
    return Objects.requireNonNull(of(place.adapter(), place.queue()).get(place.number()));
  }

  /** The content of one that goes on waiting. */
  byte[] content(Place place) {
    return content(Objects.requireNonNull(store.get(place.key())));
  }

  private static byte[] content(byte[] value) {
    return Arrays.copyOfRange(value, KeptExample.BYTES, value.length);
  }

  /** What waits of an adapter, by number. */
  public NavigableMap<Long, KeptExample> of(String adapter, Queue queue) {
    return all(queue).getOrDefault(adapter, Collections.emptyNavigableMap());
  }

  /** Adds one. */
  public void add(String adapter, Queue queue, KeptExample known, byte[] content) {
    NavigableMap<Long, KeptExample> waiting =
        all(queue).computeIfAbsent(adapter, name -> new TreeMap<>());
    long number = waiting.isEmpty() ? 1 : waiting.lastKey() + 1;
    waiting.put(number, known);
    ByteBuffer value = ByteBuffer.allocate(KeptExample.BYTES + content.length);
    known.write(value);
    store.put(new Place(adapter, queue, number).key(), value.put(content).array());
  }

  /** Removes one; its content. */
  byte[] take(Place place) {
    NavigableMap<Long, KeptExample> waiting =
        Objects.requireNonNull(all(place.queue()).get(place.adapter()));
    waiting.remove(place.number());
    if (waiting.isEmpty()) {
      all(place.queue()).remove(place.adapter());
    }
    return content(Objects.requireNonNull(store.delete(place.key())));
  }

  /** Counts an arrival of a running window. */
  public int arrived(String adapter) {
    int now = arrivals.merge(adapter, 1, Integer::sum);
    store.put(
        new Place(adapter, Queue.POOL, ARRIVALS).key(),
        ByteBuffer.allocate(Integer.BYTES).putInt(now).array());
    return now;
  }

  /** Begins a window anew. */
  void restartWindow(String adapter) {
    if (arrivals.remove(adapter) != null) {
      store.delete(new Place(adapter, Queue.POOL, ARRIVALS).key());
    }
  }

  private Map<String, NavigableMap<Long, KeptExample>> all(Queue queue) {
    return queue == Queue.REVIEW ? review : pool;
  }

  private void remember(KeyValue<Bytes, byte[]> entry) {
    byte[] key = entry.key.get();
    int name = key.length - SUFFIX_BYTES;
    String adapter = new String(key, 0, name, StandardCharsets.UTF_8);
    long number = ByteBuffer.wrap(key, name + 2, Long.BYTES).getLong();
    if (number == ARRIVALS) {
      arrivals.put(adapter, ByteBuffer.wrap(entry.value).getInt());
    } else {
      all(Queue.of(key[name + 1]))
          .computeIfAbsent(adapter, each -> new TreeMap<>())
          .put(number, KeptExample.read(ByteBuffer.wrap(entry.value)));
    }
  }
}
