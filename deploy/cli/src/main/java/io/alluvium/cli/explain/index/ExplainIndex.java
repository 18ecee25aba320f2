package io.alluvium.cli.explain.index;

import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.table.Batch;
import io.alluvium.cli.explain.table.Keys;
import io.alluvium.cli.explain.table.Table;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.streams.hold.StableHash;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** What is known of every example, found by its id in one look. */
public final class ExplainIndex implements AutoCloseable {
  /** With subjects; the first had none. */
  private static final long LAYOUT = 2;

  private final Table table;
  private final TopicNumbers topics;
  private final String versions;

  private ExplainIndex(Table table, TopicNumbers topics, String versions) {
    this.table = table;
    this.topics = topics;
    this.versions = versions;
  }

  /**
   * Opens an index, an empty one where there is none.
   *
   * @param folder made if need be
   * @param versions name of the topic of version events
   * @throws CommandException when it cannot be opened
   */
  public static ExplainIndex open(Path folder, String versions) {
    Table table = Table.open(folder);
    ExplainIndex index = new ExplainIndex(table, TopicNumbers.of(table), versions);
    index.requireLayout();
    return index;
  }

  /** What an earlier build left out of its index is found by reading all topics again. */
  private void requireLayout() {
    Keys key = Keys.of(Keys.LAYOUT);
    boolean same = table.get(key).map(ByteBuffer::getLong).filter(is -> is == LAYOUT).isPresent();
    if (!same) {
      topics.names().forEach(topics::renumber);
      try (Batch batch = new Batch()) {
        batch.put(key, FactBytes.number(LAYOUT));
        table.write(batch);
      }
    }
  }

  /**
   * Tells which topic of a name is read from now on. What is known of an earlier one of the same
   * name is passed over.
   *
   * @return whether what was known of it still holds
   */
  public boolean follow(String topic, Uuid id) {
    return topics.follow(topic, id);
  }

  /** Gives a topic a new number, so that everything known of it is passed over. */
  public void forget(String topic) {
    topics.renumber(topic);
  }

  /** Offset from where on a partition was not read; empty where nothing was. */
  public Optional<Long> position(TopicPartition partition) {
    return table
        .get(log(Keys.POSITION, partition.topic(), partition.partition()))
        .map(ByteBuffer::getLong);
  }

  /** Whether it is known when the first record was taken that was read of a partition. */
  public boolean knowsSince(TopicPartition partition) {
    return table.get(log(Keys.SINCE, partition.topic(), partition.partition())).isPresent();
  }

  /** Collects what is to be written at once. */
  public IndexBatch batch() {
    return new IndexBatch(topics, versions);
  }

  /** Writes all of it or nothing. */
  public void write(IndexBatch batch) {
    table.write(batch.batch());
  }

  /** Wherever an example was seen, topic by topic, in the order of offsets. */
  public List<Sighting> sightings(String exampleId) {
    List<Sighting> found = new ArrayList<>();
    byte[] prefix = Keys.of(Keys.SIGHTING).text(exampleId).bytes();
    each(prefix, one -> sighting(one.rest(), one.value()).ifPresent(found::add));
    return found;
  }

  private Optional<Sighting> sighting(ByteBuffer key, ByteBuffer value) {
    String adapter = Keys.text(key);
    int number = key.getInt();
    int partition = key.getInt();
    long offset = key.getLong();
    return topics
        .name(number)
        .map(topic -> FactBytes.read(adapter, new Place(topic, partition, offset), value));
  }

  /** Examples of a subject in training topics, each once. */
  public List<OfSubject> ofSubject(String subject) {
    Set<OfSubject> found = new LinkedHashSet<>();
    byte[] prefix = Keys.of(Keys.SUBJECT).number(StableHash.of(subject)).bytes();
    each(
        prefix,
        one ->
            topics
                .name(one.rest().getInt())
                .ifPresent(
                    topic ->
                        found.add(new OfSubject(Keys.text(one.rest()), Keys.text(one.rest())))));
    return List.copyOf(found);
  }

  /**
   * An example of a subject.
   *
   * @param adapter whose it is
   * @param exampleId its id
   */
  public record OfSubject(String adapter, String exampleId) {}

  /** The window that holds an adapter's record; empty where none does yet. */
  public Optional<WindowOf> windowOf(String adapter, Place place) {
    return nextWindow(adapter, place).filter(window -> window.first().offset() <= place.offset());
  }

  /** The first window of an adapter in a partition that ends behind a record. */
  public Optional<WindowOf> nextWindow(String adapter, Place place) {
    byte[] prefix = windows(adapter, place).bytes();
    byte[] from = windows(adapter, place).number(place.offset() + 1).bytes();
    return table.atOrAfter(from, prefix).map(found -> window(adapter, place, found));
  }

  /** Offset after an adapter's last window in the partition of a place; 0 without one. */
  public long settledBelow(String adapter, Place place) {
    byte[] prefix = windows(adapter, place).bytes();
    return table.last(prefix).map(found -> found.rest().getLong()).orElse(0L);
  }

  private static WindowOf window(String adapter, Place place, Table.Found found) {
    long version = found.value().getLong();
    Place first = new Place(place.topic(), place.partition(), found.value().getLong());
    return new WindowOf(adapter, version, first, found.rest().getLong());
  }

  private Keys windows(String adapter, Place place) {
    return Keys.of(Keys.WINDOW)
        .number(topics.number(versions))
        .number(topics.number(place.topic()))
        .number(place.partition())
        .text(adapter);
  }

  /** The records of a window, in the order of offsets. */
  public List<TrainingRecord> records(WindowOf window) {
    List<TrainingRecord> records = new ArrayList<>();
    Place first = window.first();
    byte[] prefix =
        log(Keys.TRAINING, first.topic(), first.partition()).text(window.adapter()).bytes();
    byte[] from =
        log(Keys.TRAINING, first.topic(), first.partition())
            .text(window.adapter())
            .number(first.offset())
            .bytes();
    table.range(
        from,
        prefix,
        found -> {
          long offset = found.rest().getLong();
          return offset < window.next() && records.add(FactBytes.training(offset, found.value()));
        });
    return records;
  }

  /** Offsets of an adapter's events by version; empty for an unknown adapter. */
  public SortedMap<Long, Long> events(String adapter) {
    SortedMap<Long, Long> events = new TreeMap<>();
    byte[] prefix = Keys.of(Keys.VERSION).number(topics.number(versions)).text(adapter).bytes();
    each(prefix, found -> events.put(found.rest().getLong(), found.value().getLong()));
    return events;
  }

  /** When the first record was taken that was read of each topic, by name. */
  public SortedMap<String, Instant> since() {
    SortedMap<String, Instant> since = new TreeMap<>();
    byte[] prefix = Keys.of(Keys.SINCE).bytes();
    each(
        prefix,
        found ->
            topics
                .name(found.rest().getInt())
                .ifPresent(name -> since.merge(name, time(found), ExplainIndex::earlier)));
    return since;
  }

  private static Instant time(Table.Found found) {
    return Instant.ofEpochMilli(found.value().getLong());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Keys log(byte kind, String topic, int partition) {
    return Keys.of(kind).number(topics.number(topic)).number(partition);
  }

  private void each(byte[] prefix, Consumer<Table.Found> taker) {
    table.range(
        prefix,
        prefix,
        found -> {
          taker.accept(found);
          return true;
        });
  }

  @Override
  public void close() {
    table.close();
  }
}
