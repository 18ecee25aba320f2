package io.alluvium.cli.explain.index;

import io.alluvium.cli.explain.table.Batch;
import io.alluvium.cli.explain.table.Keys;
import io.alluvium.cli.explain.table.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * Numbers that stand for topics in keys. A topic that was made anew gets a new number, and so all
 * that is known of its namesake is out of sight.
 */
final class TopicNumbers {
  private static final byte[] PREFIX = Keys.of(Keys.TOPIC).bytes();
  private static final int VALUE_BYTES = Integer.BYTES + 2 * Long.BYTES;

  private final Table table;
  private final Map<String, Known> byName = new HashMap<>();
  private final Map<Integer, String> byNumber = new HashMap<>();
  private int last;

  private record Known(int number, Uuid id) {}

  private TopicNumbers(Table table) {
    this.table = table;
  }

  static TopicNumbers of(Table table) {
    TopicNumbers topics = new TopicNumbers(table);
    table.range(
        PREFIX,
        PREFIX,
        found -> {
          topics.keep(StandardCharsets.UTF_8.decode(found.rest()).toString(), known(found.value()));
          return true;
        });
    return topics;
  }

  private static Known known(ByteBuffer fields) {
    return new Known(fields.getInt(), new Uuid(fields.getLong(), fields.getLong()));
  }

  /** Whether the number still stands for the topic; brokers of old give no ids. */
  boolean follow(String name, Uuid id) {
    Known known = byName.get(name);
    boolean same = known == null || known.id().equals(id) || known.id().equals(Uuid.ZERO_UUID);
    if (known == null || !same) {
      write(name, new Known(last + 1, id));
    } else if (!known.id().equals(id)) {
      write(name, new Known(known.number(), id));
    }
    return same;
  }

  /** Names of all topics that have a number. */
  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  void renumber(String name) {
    Known known = byName.get(name);
    write(name, new Known(last + 1, known == null ? Uuid.ZERO_UUID : known.id()));
  }

  /** The number of a topic, a new one for one that was never followed. */
  int number(String name) {
    Known known = byName.get(name);
    if (known == null) {
      follow(name, Uuid.ZERO_UUID);
      return last;
    }
    return known.number();
  }

  /** The topic that a number stands for; empty for one that is no more. */
  Optional<String> name(int number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  private void write(String name, Known known) {
    keep(name, known);
    ByteBuffer value =
        ByteBuffer.allocate(VALUE_BYTES)
            .putInt(known.number())
            .putLong(known.id().getMostSignificantBits())
            .putLong(known.id().getLeastSignificantBits());
    try (Batch batch = new Batch()) {
      batch.put(Keys.of(Keys.TOPIC).raw(name), value.array());
      table.write(batch);
    }
  }

  private void keep(String name, Known known) {
    Known before = byName.put(name, known);
    if (before != null) {
      byNumber.remove(before.number());
    }
    byNumber.put(known.number(), name);
    last = Math.max(last, known.number());
  }
}
