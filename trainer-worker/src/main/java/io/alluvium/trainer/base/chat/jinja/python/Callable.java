package io.alluvium.trainer.base.chat.jinja.python;

/** Something that can be called. */
@FunctionalInterface
public interface Callable extends PythonObject {
  /**
   * Calls it.
   *
   * @throws PythonError when it takes no such arguments or fails
   */
  Object call(Arguments arguments);

  @Override
  default String type() {
    return "function";
  }
}
