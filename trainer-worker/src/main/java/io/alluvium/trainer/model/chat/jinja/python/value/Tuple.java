package io.alluvium.trainer.model.chat.jinja.python.value;

import java.util.List;

/**
 * Python's {@code tuple}.
 *
 * @param names of its places, where it is a named tuple; else empty
 */
public record Tuple(List<Object> items, List<String> names) {
  /** Copies the items. */
  public Tuple {
    items = List.copyOf(items);
    names = List.copyOf(names);
  }

  /** A tuple without names. */
  public Tuple(List<Object> items) {
    this(items, List.of());
  }

  /** A tuple of these. */
  public static Tuple of(Object... items) {
    return new Tuple(List.of(items));
  }
}
