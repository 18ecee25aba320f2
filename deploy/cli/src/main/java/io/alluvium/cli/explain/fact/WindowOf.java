package io.alluvium.cli.explain.fact;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;

/**
 * What a version's round consumed: an adapter's records in a range.
 *
 * @param adapter whose records
 * @param version number of the candidate
 * @param first place of the first record
 * @param next offset after the last one
 */
public record WindowOf(String adapter, long version, Place first, long next) {
  /** Of an event. */
  public static WindowOf of(AdapterVersion event) {
    OffsetRange range = event.getWindow();
    return new WindowOf(
        event.getAdapter(),
        event.getVersion(),
        new Place(range.getTopic(), range.getPartition(), range.getFirstOffset()),
        range.getNextOffset());
  }
}
