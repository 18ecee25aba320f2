package io.alluvium.streams.fate;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.Topic;
import io.alluvium.streams.wire.Wire;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;

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
        .flatMapValues(Fate::refused, Named.as(stage + "-refused"))
        .to(
            exits.rejected().name(),
            Produced.<Bytes, Rejection>as(stage + "-rejections")
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(exits.wire().serde(exits.rejected())));
    return new Flow<>(stage, fates.flatMapValues(Fate::passed, Named.as(stage + "-passed")), exits);
  }

  /** Leads through the next stage; the name is the processor's. */
  public <W> Flow<W> through(
      String stage, FixedKeyProcessorSupplier<Bytes, Arrival<V>, Fate<W>> processor) {
    return of(stage, arrivals.processValues(processor, Named.as(stage)), exits);
  }

  /**
   * Writes what is made of each value to a topic.
   *
   * @param topic where to
   * @param made nothing, or what is written
   */
  public <W extends SpecificRecord> void into(Topic<W> topic, Function<V, Optional<W>> made) {
    arrivals
        .flatMapValues(
            arrival -> made.apply(arrival.value()).stream().toList(),
            Named.as(stage + "-to-" + topic.name()))
        .to(
            topic.name(),
            Produced.<Bytes, W>as(stage + "-into-" + topic.name())
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(exits.wire().serde(topic)));
  }
}
