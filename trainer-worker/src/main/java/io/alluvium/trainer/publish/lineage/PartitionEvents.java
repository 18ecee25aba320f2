package io.alluvium.trainer.publish.lineage;

import io.alluvium.schemas.AdapterVersion;
import org.jspecify.annotations.Nullable;

/**
 * The version events of one partition in a few numbers.
 *
 * @param count how many there are
 * @param watermark offset that the group committed with the last; 0 before the first
 * @param lastNext offset after the last event's window; null before the first
 * @param furthest greatest offset after any event's window
 */
public record PartitionEvents(long count, long watermark, @Nullable Long lastNext, long furthest) {

  /** Of a partition without events. */
  public static final PartitionEvents NONE = new PartitionEvents(0, 0, null, 0);

  static PartitionEvents of(AdapterVersion event) {
    Long watermark = event.getWatermark();
    long next = event.getWindow().getNextOffset();
    return new PartitionEvents(1, watermark == null ? next : watermark, next, next);
  }

  PartitionEvents followedBy(PartitionEvents later) {
    return new PartitionEvents(
        count + later.count, later.watermark, later.lastNext, Math.max(furthest, later.furthest));
  }
}
