package io.alluvium.streams.rehearse;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record that a rehearsal is given.
 *
 * @param topic name of the topic it is for
 * @param key its key
 * @param time its timestamp
 * @param value its value
 */
public record RehearsalInput(String topic, String key, Instant time, SpecificRecord value) {}
