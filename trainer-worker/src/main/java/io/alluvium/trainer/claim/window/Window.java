package io.alluvium.trainer.claim.window;

import java.util.List;

/**
 * A range of one partition: the unit of training.
 *
 * @param partition partition number
 * @param firstOffset where the range begins
 * @param nextOffset where the next range begins: what is committed with this one
 * @param records what stands in it, in offset order, at least one
 * @param <T> type of a record
 */
public record Window<T>(int partition, long firstOffset, long nextOffset, List<T> records) {

  /** Checks the range and copies the records. */
  public Window {
    records = List.copyOf(records);
    if (records.isEmpty() || nextOffset < firstOffset + records.size()) {
      throw new IllegalArgumentException(
          "window [%d, %d) cannot hold %d records"
              .formatted(firstOffset, nextOffset, records.size()));
    }
  }
}
