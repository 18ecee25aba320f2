package io.alluvium.streams.fate;

import io.alluvium.schemas.RecordOrigin;

/**
 * When and where a record is judged; rules take time from here and nowhere else.
 *
 * @param nowMs wall clock, milliseconds since the epoch
 * @param recordTimeMs the Kafka record's timestamp, milliseconds since the epoch
 * @param origin where the record stands
 */
public record Moment(long nowMs, long recordTimeMs, RecordOrigin origin) {}
