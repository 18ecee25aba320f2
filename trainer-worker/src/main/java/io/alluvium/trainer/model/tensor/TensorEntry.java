package io.alluvium.trainer.model.tensor;

import java.util.List;

/**
 * Where one tensor lies in its file.
 *
 * @param dtype element type
 * @param shape sizes per dimension, row-major; empty for a scalar
 * @param beginByte first byte, counted from the start of the file
 * @param endByte byte after the last one
 */
public record TensorEntry(Dtype dtype, List<Long> shape, long beginByte, long endByte) {
  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long elements() {
    return (endByte - beginByte) / dtype.widthBytes();
  }

  /** The shape as an array. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
