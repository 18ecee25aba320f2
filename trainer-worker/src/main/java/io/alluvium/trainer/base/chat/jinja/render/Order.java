package io.alluvium.trainer.base.chat.jinja.render;

import io.alluvium.trainer.base.chat.jinja.python.Compare;
import io.alluvium.trainer.base.chat.jinja.python.PythonError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An order of elements, as of Python's {@code sorted}: stable, also when reversed.
 *
 * @param keys by what; the first that differs decides
 * @param reverse whether the greatest comes first
 */
record Order(List<Path> keys, boolean reverse) {
  Order(Path key, boolean reverse) {
    this(List.of(key), reverse);
  }

  List<Object> sorted(List<Object> elements) {
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
  int compare(Object a, Object b) {
    for (Path key : keys) {
      Object left = key.from(a);
      Object right = key.from(b);
      if (!Compare.equal(left, right)) {
        return Compare.ordered(left, right, "<") == -1 ? -1 : 1;
      }
    }
    return 0;
  }
}
