package io.alluvium.trainer.model.tensor;

import java.util.List;

/**
 * Values to be written.
 *
 * @param shape sizes per dimension
 * @param values row-major, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // millions of values
public record FloatTensor(List<Long> shape, float[] values) {
  /** Checks that the values fill the shape. */
  public FloatTensor {
    shape = List.copyOf(shape);
    long elements = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    if (elements != values.length) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
  }

  /** Makes one from dimensions as an array. */
  public static FloatTensor of(float[] values, long... shape) {
    return new FloatTensor(java.util.Arrays.stream(shape).boxed().toList(), values);
  }
}
