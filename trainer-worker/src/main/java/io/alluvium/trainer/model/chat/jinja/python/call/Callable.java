package io.alluvium.trainer.model.chat.jinja.python.call;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonObject;

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
