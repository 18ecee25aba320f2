package io.alluvium.trainer.publish.order;

import static java.util.Comparator.comparingLong;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import java.util.ArrayList;
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
  private static final Set<Command> OURS = Set.of(Command.PAUSE, Command.RESUME, Command.ROLLBACK);

  private final Map<String, List<Order>> orders = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private long next;

  /**
   * Takes the next record of the topic.
   *
   * @param offset where it stands
   */
  public void take(long offset, AdapterCommand command) {
    next = offset + 1;
    if (!OURS.contains(command.getCommand()) || !ids.add(command.getId())) {
      return;
    }
    Order order = new Order(offset, command);
    if (order.isRollback() && order.isForEverybody()) {
      LOG.warn(
          "order {} by {} is not obeyed: versions are an adapter's own, name the adapter to roll back",
          command.getId(),
          command.getIssuedBy());
      return;
    }
    orders.computeIfAbsent(command.getAdapter(), any -> new ArrayList<>()).add(order);
  }

  /** Whether there was never an order. */
  public boolean isEmpty() {
    return orders.isEmpty();
  }

  /** The order by which an adapter is paused; empty when it is not. */
  public Optional<Order> pause(String adapter) {
    return all(adapter)
        .filter(order -> !order.isRollback())
        .max(comparingLong(Order::offset))
        .filter(order -> order.command().getCommand() == Command.PAUSE);
  }

  /**
   * Orders about an adapter that have no answer yet, oldest first.
   *
   * @param answeredBelow offset below which all are answered; one behind the topic's end is of a
   *     topic that was there before, and answers nothing
   */
  public List<Order> pending(String adapter, long answeredBelow) {
    long from = answeredBelow > next ? 0 : answeredBelow;
    return all(adapter)
        .filter(order -> order.offset() >= from)
        .sorted(comparingLong(Order::offset))
        .toList();
  }

  private Stream<Order> all(String adapter) {
    return Stream.concat(
        orders.getOrDefault(adapter, List.of()).stream(),
        orders.getOrDefault(Order.EVERYBODY, List.of()).stream());
  }
}
