package io.alluvium.trainer.model.chat.jinja.python.type;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Python's {@code dict}: keys in the order of their coming, 1, 1.0 and True being one key. */
public final class Dict {
  private final Map<Object, Tuple> entries = new LinkedHashMap<>();

  /** Sets a value; a key that is there keeps its place. */
  public void put(Object key, Object value) {
    Object plain = Keys.of(key);
    Tuple before = entries.get(plain);
    entries.put(plain, Tuple.of(before == null ? key : before.items().get(0), value));
  }

  /** Takes over what another holds. */
  public void putAll(Dict other) {
    other.items().forEach(item -> put(item.items().get(0), item.items().get(1)));
  }

  /**
   * The value of a key.
   *
   * @throws PythonError when the key is of a kind that can be none, such as a list
   */
  public Optional<Object> get(Object key) {
    return Optional.ofNullable(entries.get(Keys.of(key))).map(item -> item.items().get(1));
  }

  /** Keys with their values, as tuples of two. */
  public Collection<Tuple> items() {
    return entries.values();
  }

  /** Keys, in order. */
  public List<Object> keys() {
    return column(0);
  }

  /** Values, in the order of their keys. */
  public List<Object> values() {
    return column(1);
  }

  /** How many keys. */
  public int size() {
    return entries.size();
  }

  private List<Object> column(int at) {
    List<Object> column = new ArrayList<>();
    entries.values().forEach(item -> column.add(item.items().get(at)));
    return column;
  }
}
