package io.alluvium.cli.verify.book;

import io.alluvium.schemas.WeightedExample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record of a training topic.
 *
 * @param offset where in the partition
 * @param key its key, null when it has none
 * @param time its timestamp
 * @param value null when it cannot be read
 */
public record Line(
    long offset, @Nullable String key, Instant time, @Nullable WeightedExample value) {

  /** Whether it is a record of the adapter that its key names. */
  boolean owned() {
    return key != null && value != null && value.getScored().getExample().getAdapter().equals(key);
  }
}
