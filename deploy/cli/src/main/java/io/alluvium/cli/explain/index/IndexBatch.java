package io.alluvium.cli.explain.index;

import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.table.Batch;
import io.alluvium.cli.explain.table.Keys;
import io.alluvium.streams.hold.StableHash;
import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;

/** What was read, and how far, to be written at once. Closed after its write. */
public final class IndexBatch implements AutoCloseable {
  private final Batch batch = new Batch();
  private final TopicNumbers topics;
  private final String versions;

  IndexBatch(TopicNumbers topics, String versions) {
    this.topics = topics;
    this.versions = versions;
  }

  /** An example was seen. */
  public void sighting(String exampleId, Sighting sighting) {
    Keys key = Keys.of(Keys.SIGHTING).text(exampleId).text(sighting.adapter());
    batch.put(at(key, sighting.place()).number(sighting.place().offset()), FactBytes.of(sighting));
  }

  /** A record of a training topic in numbers. */
  public void training(String adapter, Place place, TrainingRecord record) {
    Keys key = at(Keys.of(Keys.TRAINING), place).text(adapter).number(record.offset());
    batch.put(key, FactBytes.of(record));
  }

  /** A record of a training topic belongs to a subject, whose name is kept as a hash. */
  public void subject(String subject, String exampleId, Sighting sighting) {
    Keys key =
        Keys.of(Keys.SUBJECT)
            .number(StableHash.of(subject))
            .number(topics.number(sighting.place().topic()))
            .text(sighting.adapter())
            .text(exampleId);
    batch.put(key, new byte[0]);
  }

  /**
   * An event was seen.
   *
   * @param offset of the event
   */
  public void version(WindowOf window, long offset) {
    int events = topics.number(versions);
    Keys byVersion = Keys.of(Keys.VERSION).number(events).text(window.adapter());
    batch.put(byVersion.number(window.version()), FactBytes.number(offset));
    Keys byPlace = at(Keys.of(Keys.WINDOW).number(events), window.first());
    byte[] value =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(window.version())
            .putLong(window.first().offset())
            .array();
    batch.put(byPlace.text(window.adapter()).number(window.next()), value);
  }

  /** When the first record was taken that was read of a partition. */
  public void since(TopicPartition partition, long timeMs) {
    batch.put(
        Keys.of(Keys.SINCE).number(topics.number(partition.topic())).number(partition.partition()),
        FactBytes.number(timeMs));
  }

  /** Up to where a partition was read. */
  public void position(TopicPartition partition, long next) {
    batch.put(
        Keys.of(Keys.POSITION)
            .number(topics.number(partition.topic()))
            .number(partition.partition()),
        FactBytes.number(next));
  }

  private Keys at(Keys key, Place place) {
    return key.number(topics.number(place.topic())).number(place.partition());
  }

  Batch batch() {
    return batch;
  }

  @Override
  public void close() {
    batch.close();
  }
}
