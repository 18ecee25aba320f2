package io.alluvium.streams.stage.stream;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.wire.Wire;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * A stream of arrivals, from stage to stage. What a stage refuses leaves for the rejections; raw
 * keys go on unchanged.
 *
 * @param <V> the value type at this point
 */
public final class StageStream<V> {
  private final KStream<Bytes, Arrival<V>> arrivals;
  private final String stage;
  private final Exits exits;

  private StageStream(String stage, KStream<Bytes, Arrival<V>> arrivals, Exits exits) {
    this.stage = stage;
    this.arrivals = arrivals;
    this.exits = exits;
  }

  /**
   * Where streams end.
   *
   * @param rejected the topic of what is refused
   * @param wire how values are written
   */
  public record Exits(Topic<Rejection> rejected, Wire wire) {}

  /** Begins at results: what the first stage made of the raw records. */
  public static <V> StageStream<V> of(
      String stage, KStream<Bytes, StageResult<V>> results, Exits exits) {
    results
        .<Bytes, Rejection>process(RejectionProcessor::new, Named.as(stage + "-refused"))
        .to(
            exits.rejected().name(),
            Produced.<Bytes, Rejection>as(stage + "-rejections")
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(exits.wire().serde(exits.rejected())));
    return new StageStream<>(
        stage,
        results.processValues(
            () -> new OptionalMapProcessor<>(StageResult::passed), Named.as(stage + "-passed")),
        exits);
  }

  /** Leads through the next stage; the name is the processor's. */
  public <W> StageStream<W> through(
      String stage, FixedKeyProcessorSupplier<Bytes, Arrival<V>, StageResult<W>> processor) {
    return of(stage, arrivals.processValues(processor, Named.as(stage)), exits);
  }

  /** Leads through a stage that also writes by the clock; it leaves keys alone. */
  public <W> StageStream<W> through(
      String next, ProcessorSupplier<Bytes, Arrival<V>, Bytes, StageResult<W>> processor) {
    return of(next, arrivals.process(processor, Named.as(next)), exits);
  }

  /** Those values that fulfil a condition. */
  public StageStream<V> where(String name, Predicate<V> condition) {
    return new StageStream<>(
        name,
        arrivals.filter((key, arrival) -> condition.test(arrival.value()), Named.as(name)),
        exits);
  }

  /** Writes each value to the topic that is chosen for it. */
  public <W extends SpecificRecord> void into(
      Function<W, Topic<W>> chosen, StageStream.Sink<V, W> sink) {
    arrivals
        .mapValues(arrival -> sink.made().apply(arrival.value()), Named.as(stage + "-to-lanes"))
        .to(
            (key, value, context) -> chosen.apply(value).name(),
            Produced.<Bytes, W>as(stage + "-into-lanes")
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(exits.wire().serde(sink.like())));
  }

  /**
   * How values are written.
   *
   * @param like a topic of the type that is written
   * @param made the value that is written
   */
  public record Sink<V, W extends SpecificRecord>(Topic<W> like, Function<V, W> made) {}

  /**
   * Writes what is made of each value to a topic.
   *
   * @param topic where to
   * @param made nothing, or what is written
   */
  public <W extends SpecificRecord> void into(Topic<W> topic, Function<V, Optional<W>> made) {
    arrivals
        .<W>processValues(
            () -> new OptionalMapProcessor<>(arrival -> made.apply(arrival.value())),
            Named.as(stage + "-to-" + topic.name()))
        .to(
            topic.name(),
            Produced.<Bytes, W>as(stage + "-into-" + topic.name())
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(exits.wire().serde(topic)));
  }
}
