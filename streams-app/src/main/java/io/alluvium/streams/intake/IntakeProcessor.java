package io.alluvium.streams.intake;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.intake.time.StreamTime;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RawRecord;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.wire.decode.Decoded;
import io.alluvium.streams.wire.decode.Decoder;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes, and holds key against value.
 *
 * @param <V> the value type of the topic
 */
final class IntakeProcessor<V extends SpecificRecord>
    extends ContextualFixedKeyProcessor<Bytes, Bytes, StageResult<V>> {
  private final Stage stage;
  private final Decoder<V> decoder;
  private final KeyRule<V> keys;
  private final SizeRule size;
  private @Nullable StreamTime streamTime;

  private IntakeProcessor(Stage stage, Decoder<V> decoder, KeyRule<V> keys) {
    this.stage = stage;
    this.decoder = decoder;
    this.keys = keys;
    this.size = SizeRule.of(keys.topic(), stage.policies().limit());
  }

  /** Makes processors and their stores of stream time. */
  record Supplier<V extends SpecificRecord>(
      Stage stage, java.util.function.Supplier<Decoder<V>> decoder, KeyRule<V> keys)
      implements FixedKeyProcessorSupplier<Bytes, Bytes, StageResult<V>> {
    @Override
    public FixedKeyProcessor<Bytes, Bytes, StageResult<V>> get() {
      return new IntakeProcessor<>(stage, decoder.get(), keys);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(StreamTime.store(stage.name()));
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<Bytes, StageResult<V>> context) {
    super.init(context);
    streamTime = new StreamTime(context, stage.name());
  }

  @Override
  public void process(FixedKeyRecord<Bytes, Bytes> record) {
    RecordOrigin origin = origin();
    long logTimeMs = streamTime().at(origin.getPartition());
    RawRecord raw =
        RawRecord.of(record.key(), record.value(), origin, logTimeMs).with(record.headers());
    StageResult<V> result = result(raw);
    context()
        .forward(
            record.withValue(
                result instanceof StageResult.Passed<V> passed
                    ? timed(passed, record.timestamp())
                    : result));
  }

  /** Only what can be read moves the log's time. */
  private StageResult<V> timed(StageResult.Passed<V> passed, long recordTimeMs) {
    Arrival<V> arrival = passed.arrival();
    int partition = arrival.raw().origin().getPartition();
    long logTimeMs = streamTime().advance(partition, recordTimeMs, context().currentSystemTimeMs());
    return new StageResult.Passed<>(new Arrival<>(arrival.value(), arrival.raw().at(logTimeMs)));
  }

  private StreamTime streamTime() {
    return Objects.requireNonNull(streamTime);
  }

  private RecordOrigin origin() {
    RecordMetadata metadata = context().recordMetadata().orElseThrow();
    return new RecordOrigin(metadata.topic(), metadata.partition(), metadata.offset());
  }

  private StageResult<V> result(RawRecord raw) {
    Bytes value = raw.value();
    if (value == null) {
      return refuse(raw, null, new Refusal(IntakeReason.NO_VALUE, "no value"));
    }
    Optional<Refusal> tooLarge = size.check(raw);
    if (tooLarge.isPresent()) {
      return refuse(raw, null, tooLarge.get());
    }
    Decoded<V> decoded = decoder.decodeWhole(value.get());
    return decoded instanceof Decoded.Value<V> known
        ? keyed(raw, known.value())
        : refuse(raw, null, refusal((Decoded.Failed<V>) decoded));
  }

  private StageResult<V> keyed(RawRecord raw, V value) {
    countMisplaced(raw);
    Optional<Refusal> refusal = keys.check(raw.key(), value);
    return refusal.isPresent()
        ? refuse(raw, known(raw, keys.example().apply(value)), refusal.get())
        : new StageResult.Passed<>(new Arrival<>(value, raw));
  }

  private Stage.Known known(RawRecord raw, TrainingExample example) {
    return new Stage.Known(example, stage.policies().of(example.getAdapter(), raw.logTimeMs()));
  }

  private void countMisplaced(RawRecord raw) {
    Bytes key = raw.key();
    if (key != null && keys.isMisplaced(key, raw.origin().getPartition())) {
      stage.watch().misplaced().increment();
    }
  }

  private StageResult<V> refuse(RawRecord raw, Stage.@Nullable Known known, Refusal refusal) {
    return stage.refuse(raw, known, refusal, context().currentSystemTimeMs());
  }

  private static Refusal refusal(Decoded.Failed<?> failed) {
    IntakeReason reason =
        switch (failed.failure()) {
          case UNDECODABLE -> IntakeReason.UNDECODABLE;
          case UNKNOWN_SCHEMA -> IntakeReason.UNKNOWN_SCHEMA;
          case WRONG_TYPE -> IntakeReason.WRONG_TYPE;
        };
    return new Refusal(reason, failed.detail());
  }
}
