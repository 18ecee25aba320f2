package io.alluvium.trainer.publish.order;

import static java.util.Comparator.comparingLong;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All orders to the trainer so far; an id that comes again is no order. */
public final class Orders {
  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  /** Oldest first, by adapter. */
  private final Map<String, List<Order>> orders = new HashMap<>();

  /** Asked for with every window, so they are not looked for among all. */
  private final Map<String, Order> pauses = new HashMap<>();

  private final Map<String, List<Order>> erasures = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private long next;

  /**
   * Takes the next record of the topic.
   *
   * @param offset where it stands
   */
  public void take(long offset, AdapterCommand command) {
    next = offset + 1;
    if (!Order.isOurs(command) || !ids.add(command.getId())) {
      return;
    }
    Order order = new Order(offset, command);
    if (order.isForEverybody() && !order.isPause() && !order.isErasure()) {
      LOG.warn(
          "order {} by {} is not obeyed: versions are an adapter's own, name the adapter",
          command.getId(),
          command.getIssuedBy());
      return;
    }
    list(orders, command.getAdapter()).add(order);
    if (order.isPause()) {
      pauses.put(command.getAdapter(), order);
    } else if (order.isErasure()) {
      list(erasures, command.getAdapter()).add(order);
    }
  }

  private static List<Order> list(Map<String, List<Order>> lists, String adapter) {
    return lists.computeIfAbsent(adapter, any -> new ArrayList<>());
  }

  /** Whether there was never an order. */
  public boolean isEmpty() {
    return orders.isEmpty();
  }

  /** The order by which an adapter is paused; empty when it is not. */
  public Optional<Order> pause(String adapter) {
    return Stream.of(adapter, Order.EVERYBODY)
        .flatMap(key -> Optional.ofNullable(pauses.get(key)).stream())
        .max(comparingLong(Order::offset))
        .filter(order -> order.command().getCommand() == Command.PAUSE);
  }

  /** What all orders to erase so far mean of an adapter's records. */
  public Erasures erasures(String adapter) {
    return erasures(adapter, next);
  }

  /**
   * What they meant earlier.
   *
   * @param below offset below which orders count
   */
  public Erasures erasures(String adapter, long below) {
    return new Erasures(
        both(erasures, adapter).filter(order -> order.offset() < below).toList(), below);
  }

  /**
   * Orders about an adapter that have no answer yet, oldest first.
   *
   * @param answeredBelow offset below which all are answered; one behind the topic's end is of a
   *     topic that was there before, and answers nothing
   */
  public List<Order> pending(String adapter, long answeredBelow) {
    long from = answeredBelow > next ? 0 : answeredBelow;
    return Stream.of(adapter, Order.EVERYBODY)
        .flatMap(key -> from(orders.getOrDefault(key, List.of()), from).stream())
        .sorted(comparingLong(Order::offset))
        .toList();
  }

  private static List<Order> from(List<Order> all, long offset) {
    int begin = all.size();
    while (begin > 0 && all.get(begin - 1).offset() >= offset) {
      begin--;
    }
    return Collections.unmodifiableList(all.subList(begin, all.size()));
  }

  private static Stream<Order> both(Map<String, List<Order>> lists, String adapter) {
    return Stream.of(adapter, Order.EVERYBODY)
        .flatMap(key -> lists.getOrDefault(key, List.of()).stream());
  }
}
