package io.alluvium.trainer.publish.lineage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * The note left with each committed offset. The offset is the watermark: nothing waits before it.
 *
 * @param events version events of the partition, those of the same transaction included
 * @param position offset up to which the partition was read; what belongs to no adapter was refused
 *     up to there
 * @param waiting records between watermark and position that are in no window yet
 */
public record OffsetMark(long events, long position, long waiting) {
  private static final Pattern FORM =
      Pattern.compile("events=(\\d{1,18}) position=(\\d{1,18}) waiting=(\\d{1,18})");

  /** The note that builds left whose windows were those of partitions. */
  private static final String FORMER = "event-next=";

  /** The offset to commit. */
  public OffsetAndMetadata at(long watermark) {
    return new OffsetAndMetadata(
        watermark, "events=%d position=%d waiting=%d".formatted(events, position, waiting));
  }

  /** Offset up to which what belongs to no adapter is refused already. */
  public static long refusedBelow(OffsetAndMetadata committed) {
    Matcher note = FORM.matcher(committed.metadata());
    return note.matches() ? Long.parseLong(note.group(2)) : committed.offset();
  }

  /**
   * Whether a committed offset and the events of its partition belong together. An offset that was
   * set by hand may lie before the watermark, since windows that are done are not done again, and
   * not behind it.
   */
  public static boolean agrees(OffsetAndMetadata committed, PartitionEvents known) {
    Matcher note = FORM.matcher(committed.metadata());
    if (note.matches()) {
      return Long.parseLong(note.group(1)) == known.count();
    }
    if (committed.metadata().startsWith(FORMER)) {
      Long next = known.lastNext();
      return committed.metadata().equals(FORMER + (next == null ? "none" : next));
    }
    return known.count() == 0 || committed.offset() <= known.watermark();
  }
}
