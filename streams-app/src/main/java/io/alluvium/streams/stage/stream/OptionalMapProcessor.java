package io.alluvium.streams.stage.stream;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Lets on what is made of each value, where anything is. Every record passes many of these, so it
 * makes no lists as flatMapValues would.
 *
 * @param <K> the key type
 * @param <I> the value type that arrives
 * @param <O> the value type that goes on
 */
final class OptionalMapProcessor<K, I, O> extends ContextualFixedKeyProcessor<K, I, O> {
  private final Function<I, Optional<O>> made;

  OptionalMapProcessor(Function<I, Optional<O>> made) {
    this.made = made;
  }

  @Override
  public void process(FixedKeyRecord<K, I> record) {
    made.apply(record.value()).ifPresent(value -> context().forward(record.withValue(value)));
  }
}
