package io.alluvium.streams.intake;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.stage.verdict.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The key is the adapter id in UTF-8: a key stays in one partition from stage to stage, and so an
 * adapter has one writer.
 *
 * @param topic where the records stand
 * @param example finds the example within a value
 * @param <V> the value type
 */
record KeyRule<V>(Topic<?> topic, Function<V, TrainingExample> example) {

  /** Says no when there is no key or it is not the value's adapter. */
  Optional<Refusal> check(@Nullable Bytes key, V value) {
    if (key == null) {
      return Optional.of(new Refusal(IntakeReason.NO_KEY, "no key, adapter is " + adapter(value)));
    }
    return Arrays.equals(key.get(), adapter(value).getBytes(StandardCharsets.UTF_8))
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                IntakeReason.KEY_NOT_ADAPTER,
                "key is %s, adapter is %s".formatted(key, adapter(value))));
  }

  /** Whether Kafka's own partitioner would have put the key elsewhere. */
  boolean isMisplaced(Bytes key, int partition) {
    return Utils.toPositive(Utils.murmur2(key.get())) % topic.partitions() != partition;
  }

  private String adapter(V value) {
    return example.apply(value).getAdapter();
  }
}
