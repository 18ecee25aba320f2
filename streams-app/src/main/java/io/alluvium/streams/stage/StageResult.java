package io.alluvium.streams.stage;

import io.alluvium.schemas.Rejection;
import io.alluvium.streams.stage.record.Arrival;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * What a stage made of a record: passed or refused.
 *
 * @param <V> the value type that goes on
 */
public sealed interface StageResult<V> {

  /** To the next stage. */
  record Passed<V>(Arrival<V> arrival) implements StageResult<V> {
    @Override
    public Optional<Arrival<V>> passed() {
      return Optional.of(arrival);
    }
  }

  /** To the rejections, with those of the record's headers that fit. */
  record Refused<V>(Rejection rejection, Headers headers) implements StageResult<V> {
    @Override
    public Optional<Arrival<V>> passed() {
      return Optional.empty();
    }
  }

  /** What goes on. */
  Optional<Arrival<V>> passed();
}
