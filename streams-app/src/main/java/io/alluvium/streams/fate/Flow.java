package io.alluvium.streams.fate;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.Topic;
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
public final class Flow<V> {
  private final KStream<Bytes, Arrival<V>> arrivals;
  private final String stage;
  private final Exits exits;

  private Flow(String stage, KStream<Bytes, Arrival<V>> arrivals, Exits exits) {
    this.stage = stage;
    this.arrivals = arrivals;
    this.exits = exits;
  }

  /**
   * Where flows end.
   *
   * @param rejected the topic of what is refused
   * @param wire how values are written
   */
  public record Exits(Topic<Rejection> rejected, Wire wire) {}

  /** Begins a flow at fates: what the first stage said of the raw records. */
  public static <V> Flow<V> of(String stage, KStream<Bytes, Fate<V>> fates, Exits exits) {
    fates
        .<Bytes, Rejection>process(RefusedProcessor::new, Named.as(stage + "-refused"))
        .to(
            exits.rejected().name(),
            Produced.<Bytes, Rejection>as(stage + "-rejections")
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(exits.wire().serde(exits.rejected())));
    return new Flow<>(
        stage,
        fates.processValues(() -> new MadeProcessor<>(Fate::passed), Named.as(stage + "-passed")),
        exits);
  }

  /** Leads through the next stage; the name is the processor's. */
  public <W> Flow<W> through(
      String stage, FixedKeyProcessorSupplier<Bytes, Arrival<V>, Fate<W>> processor) {
    return of(stage, arrivals.processValues(processor, Named.as(stage)), exits);
  }

  /** Leads through a stage that also writes by the clock; it leaves keys alone. */
  public <W> Flow<W> through(
      String next, ProcessorSupplier<Bytes, Arrival<V>, Bytes, Fate<W>> processor) {
    return of(next, arrivals.process(processor, Named.as(next)), exits);
  }

  /** Those values that fulfil a condition. */
  public Flow<V> where(String name, Predicate<V> condition) {
    return new Flow<>(
        name,
        arrivals.filter((key, arrival) -> condition.test(arrival.value()), Named.as(name)),
        exits);
  }

  /** Writes each value to the topic that is chosen for it. */
  public <W extends SpecificRecord> void into(Function<W, Topic<W>> chosen, Flow.Sink<V, W> sink) {
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
            () -> new MadeProcessor<>(arrival -> made.apply(arrival.value())),
            Named.as(stage + "-to-" + topic.name()))
        .to(
            topic.name(),
            Produced.<Bytes, W>as(stage + "-into-" + topic.name())
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(exits.wire().serde(topic)));
  }
}
