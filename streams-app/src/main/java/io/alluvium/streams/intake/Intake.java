package io.alluvium.streams.intake;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.intake.time.RecordOrPartitionTime;
import io.alluvium.streams.intake.time.StreamTime;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.stream.StageStream;
import io.alluvium.streams.store.layout.Layout;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * Where streams begin.
 *
 * @param builder of the topology
 * @param exits where streams end
 */
public record Intake(StreamsBuilder builder, StageStream.Exits exits) {

  /** Layouts of the stores of stream time of some stages. */
  public static List<Layout> layouts(String... stages) {
    return Stream.of(stages).map(StreamTime::name).map(Intake::layout).toList();
  }

  private static Layout layout(String streamTime) {
    return Layout.first(streamTime, Map.of());
  }

  /**
   * Reads a topic from its beginning.
   *
   * @param topic what to read
   * @param stage the stage that refuses what cannot be read
   * @param example finds the example within a value
   */
  public <V extends SpecificRecord> StageStream<V> read(
      Topic<V> topic, Stage stage, Function<V, TrainingExample> example) {
    stage.announce(IntakeReason.values());
    KStream<Bytes, Bytes> records =
        builder.stream(
            topic.name(),
            Consumed.<Bytes, Bytes>as(topic.name() + "-source")
                .withKeySerde(Serdes.Bytes())
                .withValueSerde(Serdes.Bytes())
                .withTimestampExtractor(new RecordOrPartitionTime()));
    String name = topic.name() + "-intake";
    KStream<Bytes, StageResult<V>> results =
        records.processValues(
            new IntakeProcessor.Supplier<>(
                stage, () -> exits.wire().decoder(topic), new KeyRule<>(topic, example)),
            Named.as(name));
    return StageStream.of(name, results, exits);
  }
}
