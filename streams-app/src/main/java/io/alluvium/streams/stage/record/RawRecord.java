package io.alluvium.streams.stage.record;

import io.alluvium.schemas.RecordOrigin;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in Kafka.
 *
 * @param key raw key; null when there is none
 * @param value raw value; null when there is none
 * @param origin topic, partition and offset
 * @param logTimeMs largest timestamp of the partition up to this record, milliseconds since the
 *     epoch
 * @param isWithheld whether the value was left out because it must not be copied anywhere
 * @param headers the producer's, kept to the end of the flow
 */
public record RawRecord(
    @Nullable Bytes key,
    @Nullable Bytes value,
    RecordOrigin origin,
    long logTimeMs,
    boolean isWithheld,
    Headers headers) {

  /** As it was read, without headers. */
  public static RawRecord of(
      @Nullable Bytes key, @Nullable Bytes value, RecordOrigin origin, long logTimeMs) {
    return new RawRecord(
        key, value, origin, logTimeMs, /* isWithheld= */ false, new RecordHeaders());
  }

  /** With these headers. */
  public RawRecord with(Headers its) {
    return new RawRecord(key, value, origin, logTimeMs, isWithheld, its);
  }

  /** Read at this log time. */
  public RawRecord at(long timeMs) {
    return new RawRecord(key, value, origin, timeMs, isWithheld, headers);
  }

  /** Without its value, which stands at the origin alone. */
  public RawRecord withheld() {
    return new RawRecord(key, null, origin, logTimeMs, /* isWithheld= */ true, headers);
  }

  /** Bytes of the value; 0 when there is none. */
  public int valueBytes() {
    return value == null ? 0 : value.get().length;
  }
}
