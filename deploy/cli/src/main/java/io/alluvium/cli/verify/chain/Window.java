package io.alluvium.cli.verify.chain;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.OffsetRange;
import java.util.Arrays;

/**
 * What an event says it consumed.
 *
 * @param name adapter and version, for messages
 * @param range where
 * @param counts how much
 * @param heldOut offsets that were kept from training, in order; at most 512 are listed
 */
public record Window(String name, OffsetRange range, Counts counts, Offsets heldOut) {

  /** The window of an event. */
  static Window of(AdapterVersion event) {
    return new Window(
        name(event), event.getWindow(), event.getCounts(), Offsets.of(event.getHeldOut()));
  }

  static String name(AdapterVersion event) {
    return "%s version %d".formatted(event.getAdapter(), event.getVersion());
  }

  /** Topic and partition. */
  public String partition() {
    return range.getTopic() + "-" + range.getPartition();
  }

  /** Whether every held-out record is listed, so that the others are known to be trained on. */
  public boolean listsAll() {
    return heldOut.size() == counts.getHeldOut();
  }

  /** For messages. */
  public String where() {
    return "%s [%d, %d)".formatted(partition(), range.getFirstOffset(), range.getNextOffset());
  }

  /** Some offsets of one partition. */
  public static final class Offsets {
    private final long[] sorted;

    private Offsets(long[] sorted) {
      this.sorted = sorted;
    }

    static Offsets of(java.util.Collection<Long> offsets) {
      return new Offsets(offsets.stream().mapToLong(Long::longValue).sorted().distinct().toArray());
    }

    /** How many. */
    public int size() {
      return sorted.length;
    }

    /** Whether it is one of them. */
    public boolean contains(long offset) {
      return Arrays.binarySearch(sorted, offset) >= 0;
    }

    /** Whether all are in a range. */
    boolean within(OffsetRange range) {
      return sorted.length == 0
          || (sorted[0] >= range.getFirstOffset()
              && sorted[sorted.length - 1] < range.getNextOffset());
    }
  }
}
