package io.alluvium.streams.command;

import io.alluvium.streams.command.CommandBook.Order;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Gives a task each order once, wherever it runs: how far it has obeyed lies in its changelogged
 * store and so moves with what the orders did, or neither does.
 */
public final class Obedience {
  private static final byte POSITION = 'p';

  private final KeyValueStore<Bytes, byte[]> store;
  private final CommandBook book;

  /** Over a store that {@link #store} made; its keys that begin with a p belong to this class. */
  public Obedience(ProcessingContext context, String store, CommandBook book) {
    this.store = context.getStateStore(store);
    this.book = book;
  }

  /** Small, so in memory; changelogged. */
  public static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  /** The next orders, at most so many; they count as obeyed from now on. */
  public List<Order> next(int most) {
    List<Order> orders = new ArrayList<>();
    for (int partition : book.partitions()) {
      Position before = position(partition);
      Position now = book.current(before);
      long end = end(partition);
      List<Order> news = book.from(now, most - orders.size());
      orders.addAll(news);
      Position after = after(orders.size() < most ? now.after(end) : now, news);
      if (!after.equals(before)) {
        store.put(key(partition), after.written());
      }
    }
    return orders;
  }

  /** Records that are no orders are passed by too. Asked before the orders: more may come. */
  private long end(int partition) {
    return book.next(partition).orElse(0);
  }

  private static Position after(Position now, List<Order> news) {
    return news.isEmpty() ? now : now.after(news.get(news.size() - 1).place().offset() + 1);
  }

  private Position position(int partition) {
    byte[] written = store.get(key(partition));
    return written == null ? Position.start(partition) : Position.read(partition, written);
  }

  private static Bytes key(int partition) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Integer.BYTES).put(POSITION).putInt(partition).array());
  }
}
