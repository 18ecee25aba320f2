package io.alluvium.streams.intake;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.record.Carried;
import io.alluvium.schemas.record.SendLimit;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.stage.record.RawRecord;
import io.alluvium.streams.stage.verdict.Refusal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What comes in must be small enough to be sent on with all that later stages add to it; Kafka
 * would refuse it there, and the application would stop at the same record for ever.
 *
 * @param limit of a record
 * @param valueBytes most bytes of a value of the topic
 */
record SizeRule(SendLimit limit, int valueBytes) {

  /** For the records of a topic. */
  static SizeRule of(Topic<?> topic, SendLimit limit) {
    boolean isScored = topic.valueType().equals(ScoredExample.class);
    return new SizeRule(limit, isScored ? limit.scoredBytes() : limit.exampleBytes());
  }

  /** Says no when a part is too large. */
  Optional<Refusal> check(RawRecord raw) {
    int keyBytes = raw.key() == null ? 0 : raw.key().get().length;
    return Stream.of(
            over("value", raw.valueBytes(), valueBytes),
            over("key", keyBytes, limit.keyBytes()),
            over("headers", Carried.size(raw.headers()), limit.headerBytes()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Refusal> over(String what, int bytes, int most) {
    return bytes <= most
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                IntakeReason.TOO_LARGE,
                "%s: %d bytes, at most %d can be sent on with %s=%d"
                    .formatted(what, bytes, most, SendLimit.KEY, limit.bytes())));
  }
}
