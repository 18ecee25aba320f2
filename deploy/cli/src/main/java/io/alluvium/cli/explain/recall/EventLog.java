package io.alluvium.cli.explain.recall;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.trainer.claim.Reading;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Shelf;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Version events by their offsets. */
public final class EventLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long SHELF_BYTES = 32L << 20;

  private final OffsetReader reader;
  private final RecordReader<AdapterVersion> values;

  /** Reads the events of a cluster. */
  public EventLog(Cluster cluster) {
    Topic<AdapterVersion> versions = cluster.topics().versions();
    this.reader =
        OffsetReader.open(
            cluster.kafka(), Sources.of(versions.name()), new Shelf(SHELF_BYTES), PATIENCE);
    this.values = new RecordReader<>(cluster.serdes().deserializer(versions), PATIENCE);
  }

  /** The events at these offsets, in their order. */
  public List<AdapterVersion> at(Collection<Long> offsets) {
    return reader.read(0, offsets).stream()
        .map(values::read)
        .flatMap(
            reading ->
                reading instanceof Reading.Decoded<AdapterVersion> known
                    ? Stream.of(known.value())
                    : Stream.empty())
        .toList();
  }

  @Override
  public void close() {
    reader.close();
  }
}
