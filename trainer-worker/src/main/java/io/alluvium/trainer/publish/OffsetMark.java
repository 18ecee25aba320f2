package io.alluvium.trainer.publish;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * The note left with each committed offset: where the last version event's window of the partition
 * ends. It equals the offset itself, unless the last windows held nothing but undecodable records
 * and so made no event.
 */
public final class OffsetMark {
  private static final String PREFIX = "event-next=";

  private OffsetMark() {}

  /**
   * The offset to commit.
   *
   * @param nextOffset where the window ends
   * @param eventNext where the last event's window ends; empty before the first event
   */
  public static OffsetAndMetadata of(long nextOffset, OptionalLong eventNext) {
    return new OffsetAndMetadata(
        nextOffset, PREFIX + (eventNext.isPresent() ? eventNext.getAsLong() : "none"));
  }

  /** Whether a committed offset and the last event of its partition belong together. */
  public static boolean agrees(OffsetAndMetadata committed, OptionalLong eventNext) {
    String noted = committed.metadata();
    if (!noted.startsWith(PREFIX)) {
      // Never committed by us: only right while no event exists, or where the offset was set by
      // hand to fit.
      return eventNext.isEmpty() || eventNext.getAsLong() == committed.offset();
    }
    return noted.equals(of(committed.offset(), eventNext).metadata());
  }
}
