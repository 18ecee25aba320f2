package io.alluvium.streams.command;

import io.alluvium.schemas.AdapterCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** All orders so far by where they stand; an id that comes again is no order. Any thread. */
public final class CommandBook {
  private final NavigableMap<Integer, Log> logs = new TreeMap<>();
  private final Map<String, Place> ids = new HashMap<>();

  /**
   * Where a record of the commands topic stands.
   *
   * @param partition of the topic
   * @param offset in it
   */
  public record Place(int partition, long offset) {}

  /**
   * An order and where it stands.
   *
   * @param place of its record
   * @param command what is ordered
   */
  public record Order(Place place, AdapterCommand command) {}

  /** One partition as far as it is known. */
  private static final class Log {
    private final NavigableMap<Long, AdapterCommand> commands = new TreeMap<>();
    private final long first;
    private final int firstMark;
    private long next;

    Log(long first, int firstMark) {
      this.first = first;
      this.firstMark = firstMark;
      this.next = first;
    }
  }

  /**
   * Notes that a record stands there, an order or not.
   *
   * @param mark of its bytes, by which one topic is told from another of the same name
   */
  public synchronized void stands(Place place, int mark) {
    Log log = logs.computeIfAbsent(place.partition, each -> new Log(place.offset, mark));
    log.next = Math.max(log.next, place.offset + 1);
  }

  /** Adds the order of a record that stands there; false when its id was there before. */
  public synchronized boolean take(Place place, AdapterCommand command) {
    Place first = ids.putIfAbsent(command.getId(), place);
    if (first != null && !first.equals(place)) {
      return false;
    }
    Log log = logs.computeIfAbsent(place.partition, each -> new Log(place.offset, 0));
    log.commands.put(place.offset, command);
    log.next = Math.max(log.next, place.offset + 1);
    return true;
  }

  /** The orders of a partition from a position on, at most so many. */
  synchronized List<Order> from(Position position, int most) {
    List<Order> found = new ArrayList<>();
    Log log = logs.get(position.partition());
    if (log != null) {
      for (Map.Entry<Long, AdapterCommand> each :
          log.commands.tailMap(position.next(), /* inclusive= */ true).entrySet()) {
        if (found.size() == most) {
          break;
        }
        found.add(new Order(new Place(position.partition(), each.getKey()), each.getValue()));
      }
    }
    return found;
  }

  /** Partitions of which something is known. */
  synchronized List<Integer> partitions() {
    return List.copyOf(logs.keySet());
  }

  /** The offset behind the last record of a partition. */
  synchronized OptionalLong next(int partition) {
    Log log = logs.get(partition);
    return log == null ? OptionalLong.empty() : OptionalLong.of(log.next);
  }

  /**
   * A position in the topic as it is now. Where its first record is another one, or stands before
   * the one that was first, the topic was replaced, and nothing of it has been obeyed. Where the
   * first ones are gone it is the same topic, since offsets only grow.
   */
  synchronized Position current(Position before) {
    Log log = logs.get(before.partition());
    if (log == null) {
      return before;
    }
    boolean replaced =
        log.first < before.first()
            || (log.first == before.first() && log.firstMark != before.firstMark());
    return new Position(
        before.partition(), replaced ? log.first : before.next(), log.first, log.firstMark);
  }
}
