package io.alluvium.trainer.adapter.part;

import java.util.Random;

/** Drawn matrices with orthonormal rows. */
public final class Orthonormal {
  private Orthonormal() {}

  /**
   * As many rows as the linear's rank.
   *
   * @throws IllegalArgumentException when there are more rows than inputs
   */
  public static float[] rows(Linear linear, long seed) {
    int width = linear.inputs();
    if (linear.rank() > width) {
      throw new IllegalArgumentException(
          "rank %d is more than the %d inputs of %s: orthonormal rows want a smaller one"
              .formatted(linear.rank(), width, linear.path()));
    }
    Random random = Drawn.random(linear.path(), seed);
    double[][] rows = new double[linear.rank()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = random.doubles(width, -1, 1).toArray();
      orthogonalise(rows, row);
      orthogonalise(rows, row);
    }
    return flat(rows, width);
  }

  /** Gram and Schmidt; a second time takes away what rounding left. */
  private static void orthogonalise(double[][] rows, int row) {
    double[] own = rows[row];
    for (int before = 0; before < row; before++) {
      double along = dot(own, rows[before]);
      for (int i = 0; i < own.length; i++) {
        own[i] -= along * rows[before][i];
      }
    }
    double length = Math.sqrt(dot(own, own));
    for (int i = 0; i < own.length; i++) {
      own[i] /= length;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float[] flat(double[][] rows, int width) {
    float[] values = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < width; i++) {
        values[row * width + i] = (float) rows[row][i];
      }
    }
    return values;
  }
}
