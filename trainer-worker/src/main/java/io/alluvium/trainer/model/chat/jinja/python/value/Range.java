package io.alluvium.trainer.model.chat.jinja.python.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Python's {@code range}, at most 100,000 long as in Jinja's sandbox.
 *
 * @param start first
 * @param stop before which it ends
 * @param step not 0
 */
public record Range(long start, long stop, long step) {
  private static final int LONGEST = 100_000;

  /** Checks step and length. */
  public Range {
    if (step == 0) {
      throw new PythonError("range() arg 3 must not be zero");
    }
    if (length(start, stop, step) > LONGEST) {
      throw new PythonError(
          "Range too big. The sandbox blocks ranges larger than MAX_RANGE (" + LONGEST + ").");
    }
  }

  private static long length(long start, long stop, long step) {
    long span = step > 0 ? stop - start : start - stop;
    return span <= 0 ? 0 : (span - 1) / Math.abs(step) + 1;
  }

  /** All of it. */
  public List<Object> elements() {
    List<Object> elements = new ArrayList<>();
    long length = length(start, stop, step);
    for (long n = 0; n < length; n++) {
      elements.add(BigInteger.valueOf(start + n * step));
    }
    return elements;
  }
}
