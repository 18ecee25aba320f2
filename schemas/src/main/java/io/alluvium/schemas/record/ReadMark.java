package io.alluvium.schemas.record;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a group read a partition, and what it left behind there. Offsets of trainer and scorer
 * are watermarks: behind them lie records that are done, which count as lag for nobody; a note
 * tells them apart. Other groups leave nothing behind.
 *
 * @param position offset of the next record to read
 * @param waiting records before it that were read and are not done
 */
public record ReadMark(long position, long waiting) {
  private static final Pattern NOTE =
      Pattern.compile("(?:events=\\d{1,18} )?position=(\\d{1,18}) waiting=(\\d{1,18})(?: .*)?");

  /** From what was committed. */
  public static ReadMark of(OffsetAndMetadata committed) {
    Matcher note = NOTE.matcher(committed.metadata());
    if (!note.matches()) {
      return new ReadMark(committed.offset(), 0);
    }
    long position = Math.max(committed.offset(), Long.parseLong(note.group(1)));
    return new ReadMark(position, Long.parseLong(note.group(2)));
  }
}
