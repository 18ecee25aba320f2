package io.alluvium.cli.connect.topic;

import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads the training topic and its lanes as one, those too that come while it reads. Used from one
 * thread.
 */
public final class TrainingReader implements AutoCloseable {
  /** As often as the train role looks for new lanes. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  private final TopicReader<WeightedExample> reader;
  private final Topics topics;
  private final InstantSource clock;
  private Instant nextLook = Instant.MIN;

  /**
   * From the beginning of all that are there.
   *
   * @param reader of the training topic; closed with this
   */
  public TrainingReader(TopicReader<WeightedExample> reader, Topics topics, InstantSource clock) {
    this.reader = reader;
    this.topics = topics;
    this.clock = clock;
    joinLanes();
  }

  /** Skips what is there already; of a lane that comes later everything is seen. */
  public TrainingReader fromNow() {
    reader.fromNow();
    return this;
  }

  /** Skips all but the end of each partition, as {@link TopicReader#fromBack} does. */
  public TrainingReader fromBack(long records) {
    reader.fromBack(records);
    return this;
  }

  /**
   * The next few records; none when nothing arrives in time.
   *
   * @param patience how long to wait for the first
   */
  public List<Entry<WeightedExample>> next(Duration patience) {
    if (!clock.instant().isBefore(nextLook)) {
      joinLanes();
    }
    return reader.next(patience);
  }

  private void joinLanes() {
    topics.lanes(reader.topicNames()).forEach(reader::join);
    nextLook = clock.instant().plus(BETWEEN_LOOKS);
  }

  @Override
  public void close() {
    reader.close();
  }
}
