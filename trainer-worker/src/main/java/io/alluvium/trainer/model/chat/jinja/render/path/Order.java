package io.alluvium.trainer.model.chat.jinja.render.path;

import io.alluvium.trainer.model.chat.jinja.python.operate.Compare;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An order of elements, as of Python's {@code sorted}: stable, also when reversed.
 *
 * @param keys by what; the first that differs decides
 * @param single whether there is one key and it is no list: equal keys must have an order, too
 * @param reverse whether the greatest comes first
 */
public record Order(List<Path> keys, boolean single, boolean reverse) {
  /** By a list of keys. */
  public Order(List<Path> keys, boolean reverse) {
    this(keys, false, reverse);
  }

  /** By one key. */
  public Order(Path key, boolean reverse) {
    this(List.of(key), true, reverse);
  }

  /** The elements in this order; those that compare equal stay as they stood. */
  public List<Object> sorted(List<Object> elements) {
    List<Object> sorted = new ArrayList<>(elements);
    Comparator<Object> order = this::compare;
    try {
      sorted.sort(reverse ? order.reversed() : order);
    } catch (IllegalArgumentException e) {
      throw new PythonError("the elements have no order");
    }
    return sorted;
  }

  /** Below 0, 0, or above. */
  public int compare(Object a, Object b) {
    for (Path key : keys) {
      Object left = key.from(a);
      Object right = key.from(b);
      if (single || !Compare.equal(left, right)) {
        int order = Compare.ordered(left, right, "<");
        return order == 2 ? 0 : order;
      }
    }
    return 0;
  }
}
