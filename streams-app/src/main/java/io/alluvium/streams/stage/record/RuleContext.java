package io.alluvium.streams.stage.record;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.streams.policy.document.EffectivePolicy;

/**
 * When, where and under which policy a record is judged; rules take time and parameters from here
 * and nowhere else.
 *
 * @param nowMs wall clock, milliseconds since the epoch
 * @param recordTimeMs the Kafka record's timestamp, milliseconds since the epoch
 * @param logTimeMs largest timestamp of the partition so far, milliseconds since the epoch: the
 *     same again whenever the same log is read
 * @param origin where the record stands
 * @param policy what is in force for the record's adapter at the log time
 */
public record RuleContext(
    long nowMs, long recordTimeMs, long logTimeMs, RecordOrigin origin, EffectivePolicy policy) {}
