package io.alluvium.trainer.pretrain.batch;

import io.alluvium.trainer.program.packing.LengthBuckets;
import io.alluvium.trainer.program.packing.LengthBuckets.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Records laid end to end in rows of equal length, row-major arrays of {@code rows * rowTokens}.
 *
 * @param rows number of rows
 * @param rowTokens positions per row
 * @param ids token that is read
 * @param positions place of the token inside its record, from 0
 * @param records number of the record inside its row, from 1; 0 marks filling. A token sees only
 *     earlier tokens of its own record
 * @param targets token to be predicted
 * @param weights weight of that prediction in the loss; 0 on filling
 */
// Arrays, not lists: they are filled in place and copied straight into tensors.
@SuppressWarnings("ArrayRecordComponent")
public record PackedRows(
    int rows,
    int rowTokens,
    long[] ids,
    long[] positions,
    long[] records,
    long[] targets,
    float[] weights) {

  /** An array of filling only. */
  static PackedRows empty(int rows, int rowTokens) {
    int size = rows * rowTokens;
    return new PackedRows(
        rows,
        rowTokens,
        new long[size],
        new long[size],
        new long[size],
        new long[size],
        new float[size]);
  }

  /** Where attention finds the records. */
  public LengthBuckets buckets() {
    List<Span> spans = new ArrayList<>();
    for (int end = 1; end <= records.length; end++) {
      boolean goesOn = end < records.length && positions[end] > 0 && records[end] > 0;
      if (records[end - 1] > 0 && !goesOn) {
        int length = (int) positions[end - 1] + 1;
        spans.add(new Span(end - length, length));
      }
    }
    return LengthBuckets.of(spans, records.length);
  }

  /** How many positions predict something. */
  public int usedTokens() {
    int used = 0;
    for (long record : records) {
      used += record > 0 ? 1 : 0;
    }
    return used;
  }
}
