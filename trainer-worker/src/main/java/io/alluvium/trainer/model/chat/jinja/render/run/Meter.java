package io.alluvium.trainer.model.chat.jinja.render.run;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.util.List;

/** Counts what one run uses and ends it when that is too much. */
public final class Meter {
  /** Most statements and expressions; a conversation of 10,000 turns needs about a tenth. */
  static final long MOST_STEPS = 20_000_000;

  /** Deepest nesting of statements, expressions and calls; about that of Python's own stack. */
  static final int DEEPEST = 600;

  /** Most characters and elements that all values of a run may have together. */
  static final long MOST_MADE = 512L << 20;

  private long steps;
  private long made;
  private int depth;

  /** Goes one level deeper, within the limit of depth. */
  public void enter() {
    if (++depth > DEEPEST) {
      throw new PythonError("maximum recursion depth exceeded (" + DEEPEST + " levels)");
    }
    if (++steps > MOST_STEPS) {
      throw new PythonError("the template takes more than " + MOST_STEPS + " steps");
    }
  }

  /** Comes back one level. */
  public void leave() {
    depth--;
  }

  /** Counts a value that was made. */
  public Object made(Object value) {
    made +=
        value instanceof String text
            ? text.length()
            : value instanceof List<?> list ? list.size() : 1;
    if (made > MOST_MADE) {
      throw new PythonError("the template makes values of more than " + MOST_MADE + " characters");
    }
    return value;
  }
}
