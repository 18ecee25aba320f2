package io.alluvium.trainer.train.order;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.publish.order.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Keeps up with operators' orders. What has no answer in an adapter's state is due, so that a
 * restart neither forgets an order nor obeys it again. For the polling thread.
 */
public final class OrderDesk implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final LogReader<AdapterCommand> log;
  private final Lineage lineage;
  private final Orders orders = new Orders();
  private Instant next = Instant.EPOCH;

  /**
   * What an adapter's next answer is about.
   *
   * @param adapter whose
   * @param order the one that comes first, or the last of those that one answer does for
   */
  public record Due(String adapter, Order order) {}

  /**
   * Reads orders.
   *
   * @param log the topic, closed with the desk
   * @param lineage kept up with by somebody else
   */
  public OrderDesk(LogReader<AdapterCommand> log, Lineage lineage) {
    this.log = log;
    this.lineage = lineage;
  }

  /** Reads what was ordered since, at most twice a second. */
  public void look(Instant now) {
    if (!now.isBefore(next)) {
      next = now.plus(PAUSE);
      log.catchUpPlaced(orders::take);
    }
  }

  /** Whether there was never an order, so that nobody need be asked for. */
  public boolean isEmpty() {
    return orders.isEmpty();
  }

  /** Whether no round of an adapter may begin: it is paused, or is to go back first. */
  public boolean holdsBack(String adapter) {
    return !orders.isEmpty() && (orders.pause(adapter).isPresent() || awaitsRollback(adapter));
  }

  /** What orders to erase mean of an adapter's records, as far as they were read. */
  public Erasures erasures(String adapter) {
    return orders.erasures(adapter);
  }

  /** Whether an order to go back waits: what a round of the adapter makes now would go at once. */
  public boolean awaitsRollback(String adapter) {
    return pending(adapter).stream().anyMatch(Order::isRollback);
  }

  /**
   * What is to be answered next, for each of these adapters that has an order without an answer.
   */
  public List<Due> due(Collection<String> adapters) {
    List<Due> due = new ArrayList<>();
    for (String adapter : adapters) {
      List<Order> pending = pending(adapter);
      if (!pending.isEmpty()) {
        due.add(new Due(adapter, first(pending)));
      }
    }
    return due;
  }

  @Override
  public void close() {
    log.close();
  }

  private List<Order> pending(String adapter) {
    return orders.pending(
        adapter, lineage.state(adapter).map(AdapterState::getOrdersBelow).orElse(0L));
  }

  private static Order first(List<Order> pending) {
    Order first = pending.get(0);
    for (Order order : pending.subList(1, pending.size())) {
      if (!first.isAnsweredWith(order)) {
        return first;
      }
      first = order;
    }
    return first;
  }
}
