package io.alluvium.trainer.model.chat.jinja.python.value;

import java.util.Optional;

/** A value whose kind is not one of Python's plain ones, such as a function. */
public interface PythonObject {
  /** Name of its Python type. */
  String type();

  /** An attribute; empty where it has none of that name. */
  default Optional<Object> attribute(String name) {
    return Optional.empty();
  }

  /** How Python prints it; fails where that holds an address in memory. */
  default String repr() {
    throw new PythonError("a " + type() + " cannot be written as text");
  }

  /** Whether it counts as true. */
  default boolean truth() {
    return true;
  }
}
