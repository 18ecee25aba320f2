package io.alluvium.streams.stage.record;

/**
 * A value on its way, beside the record it came as: what refuses it later can still refuse it
 * whole. Never serialised; lives within one sub-topology.
 *
 * @param value the decoded value, as the stages before have made it
 * @param raw the record it was read from
 * @param <V> the value type
 */
public record Arrival<V>(V value, RawRecord raw) {}
