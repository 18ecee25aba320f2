package io.alluvium.streams.replay.sample;

/**
 * Which records of an adapter's stream are old ones. Pure: a function of the record's number.
 *
 * <p>Record t is an old one when floor((t + 1) s) exceeds floor(t s), as in drawing a line on a
 * raster; so among any 1,000 records in a row there are exactly 1,000 s. The old ones are split
 * between replays and anchors the same way.
 */
public final class Interleaving {
  private static final long PER_MILLE = 1000;

  private Interleaving() {}

  /** What a record is. */
  public enum Kind {
    /** A new example. */
    FRESH,
    /** A past example of this adapter. */
    REPLAY,
    /** A general example. */
    ANCHOR
  }

  /**
   * The kind of a record.
   *
   * @param number of the record in its adapter's stream, from 0
   * @param replays per thousand records
   * @param anchors per thousand records
   */
  public static Kind of(long number, int replays, int anchors) {
    long old = (long) replays + anchors;
    long before = number * old / PER_MILLE;
    if ((number + 1) * old / PER_MILLE == before) {
      return Kind.FRESH;
    }
    return (before + 1) * anchors / old > before * anchors / old ? Kind.ANCHOR : Kind.REPLAY;
  }
}
