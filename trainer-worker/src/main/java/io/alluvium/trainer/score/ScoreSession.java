package io.alluvium.trainer.score;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.SendLimit;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.claim.Reading;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.group.Polled;
import io.alluvium.trainer.claim.group.ReadAhead;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.claim.recall.Shelf;
import io.alluvium.trainer.claim.turn.Turns;
import io.alluvium.trainer.dataset.Itemized;
import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.publish.RecordSerializer;
import io.alluvium.trainer.publish.Rejections;
import io.alluvium.trainer.publish.Rejections.Claimant;
import io.alluvium.trainer.score.ScoreBatch.Entry;
import io.alluvium.trainer.score.adapter.CurrentAdapters;
import io.alluvium.trainer.score.scorer.ScoreRequest;
import io.alluvium.trainer.score.scorer.Scored;
import io.alluvium.trainer.worker.KafkaSession;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consume, score, produce, over one line to the broker. For the polling thread.
 *
 * <p>Adapters have their turns, whatever one of them has sent: a partition is read ahead of what is
 * scored, and the note beside its committed offset tells what behind it is done.
 */
final class ScoreSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreSession.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Of an example's value; where there are fewer, what was chosen is cut by its tokens. */
  private static final long BYTES_PER_TOKEN = 4;

  private final WorkerContext context;
  private final ScoreModel model;
  private final BooleanSupplier stopped;
  private final KafkaSession line;
  private final RecordReader<TrainingExample> reader;
  private final LogReader<AdapterState> states;
  private final CurrentAdapters adapters;
  private final RecordSerializer serializer;
  private final Rejections rejections;
  private final Turns turns = new Turns();
  private final Turns.Most most;
  private final Shelf shelf;
  private final OffsetReader log;
  private final ReadAhead readAhead;
  private final Set<Integer> lost = new HashSet<>();

  ScoreSession(WorkerContext context, ScoreModel model, BooleanSupplier stopped) {
    TrainerConfig config = context.config();
    String topic = context.topics().accepted().name();
    this.context = context;
    this.model = model;
    this.stopped = stopped;
    this.line = KafkaSession.open(context, Sources.of(topic), config.score().pollRecords());
    this.reader = context.reader(context.topics().accepted());
    this.states = context.log(context.topics().adapters());
    this.adapters = new CurrentAdapters(model.baseDigest());
    this.serializer = context.serializer();
    this.rejections = new Rejections("score", WorkerContext.BUILD, config.sendLimit());
    this.most =
        new Turns.Most(
            config.score().pollRecords(), BYTES_PER_TOKEN * config.score().batchTokens());
    this.shelf = new Shelf(config.readAhead().bytes());
    this.log = OffsetReader.open(config.kafka(), Sources.of(topic), shelf, config.patience());
    this.readAhead = new ReadAhead(config.readAhead().records(), turns::partitions, turns::waiting);
    states.catchUp(adapters::take);
  }

  /** Works until it is stopped (empty) or the line has to be renewed (the fate that says so). */
  Optional<CommitOutcome> run() {
    while (!stopped.getAsBoolean()) {
      take(line.consumer().poll(turns.waiting() == 0 ? POLL : Duration.ZERO));
      lost.clear();
      Optional<CommitOutcome> ended = scored(turns.choose(most));
      if (ended.isPresent()) {
        return ended;
      }
      noteWaiting();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try (line;
        log) {
      states.close();
    }
  }

  private void take(Polled polled) {
    polled.lost().forEach(turns::drop);
    lost.addAll(polled.lost());
    polled.gained().forEach(turns::begin);
    polled.records().forEach(this::take);
    polled.positions().forEach(turns::advance);
    line.consumer().hold(readAhead.full());
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    shelf.put(record);
    turns.add(record);
  }

  private Optional<CommitOutcome> scored(List<Place> chosen) {
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    states.catchUp(adapters::take);
    List<Entry> entries = records(chosen).stream().map(this::entry).toList();
    for (ScoreBatch batch : ScoreBatch.cut(entries, context.config().score().batchTokens())) {
      CommitOutcome fate = step(batch);
      if (!(fate instanceof CommitOutcome.Published)) {
        // What follows was read from a place that is no longer ours, or is read again.
        return fate instanceof CommitOutcome.Superseded ? Optional.empty() : Optional.of(fate);
      }
    }
    return Optional.empty();
  }

  /** What the log no longer has is named and forgotten. */
  private List<ConsumerRecord<byte[], byte[]>> records(List<Place> chosen) {
    Map<Place, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
    chosen.stream()
        .collect(groupingBy(Place::partition, mapping(Place::offset, toList())))
        .forEach(
            (partition, offsets) ->
                log.read(partition, offsets)
                    .forEach(one -> found.put(new Place(partition, one.offset()), one)));
    List<Place> gone = chosen.stream().filter(place -> !found.containsKey(place)).toList();
    if (!gone.isEmpty()) {
      LOG.warn(
          "{} records were deleted before they were scored, the first {}",
          gone.size(),
          gone.get(0));
      turns.forget(gone);
    }
    return chosen.stream().flatMap(place -> Stream.ofNullable(found.get(place))).toList();
  }

  private CommitOutcome step(ScoreBatch batch) {
    Instant begin = context.clock().instant();
    var membership = line.consumer().snapshot();
    Future<List<Scored>> work = model.score(requests(batch));
    boolean done = line.consumer().readWhile(work, () -> gone(batch), this::take);
    if (!done) {
      line.consumer().rewind();
      return new CommitOutcome.Superseded("a partition of the batch was taken away");
    }
    Duration scoring = Duration.between(begin, context.clock().instant());
    List<Scored> scored = TensorThread.result(work);
    ScoreBatch after = batch.after(scored);
    turns.done(after.places());
    CommitOutcome fate = line.commit(records(after, measured(scored)), offsets(after), membership);
    if (fate instanceof CommitOutcome.Published) {
      count(after, scoring);
    }
    return fate;
  }

  private static List<ScoredExample> measured(List<Scored> scored) {
    return scored.stream()
        .filter(Scored.Measured.class::isInstance)
        .map(one -> ((Scored.Measured) one).example())
        .toList();
  }

  private boolean gone(ScoreBatch batch) {
    return stopped.getAsBoolean() || !Collections.disjoint(lost, batch.partitions());
  }

  private Entry entry(ConsumerRecord<byte[], byte[]> record) {
    Reading<TrainingExample> reading = reader.read(record);
    if (reading instanceof Reading.Undecodable<TrainingExample> unreadable) {
      return new Entry.Refused(record, Claimant.ofKey(record), unreadable.refusal());
    }
    TrainingExample example = ((Reading.Decoded<TrainingExample>) reading).value();
    Claimant claimant = new Claimant(example.getAdapter(), example.getId());
    if (!keyed(record, example.getAdapter())) {
      return new Entry.Refused(record, claimant, Refusal.keyMismatch(example.getAdapter()));
    }
    Itemized itemized = model.items().make(example, 1);
    return itemized instanceof Itemized.Usable usable
        ? new Entry.Ready(record, example, usable.item().tokens())
        : new Entry.Refused(record, claimant, ((Itemized.Unusable) itemized).refusal());
  }

  private static boolean keyed(ConsumerRecord<byte[], byte[]> record, String adapter) {
    byte[] key = record.key();
    return key != null && adapter.equals(new String(key, StandardCharsets.UTF_8));
  }

  private List<ScoreRequest> requests(ScoreBatch batch) {
    return batch.ready().stream().map(this::request).toList();
  }

  private ScoreRequest request(Entry.Ready ready) {
    ConsumerRecord<byte[], byte[]> record = ready.record();
    return new ScoreRequest(
        ready.example(),
        new RecordOrigin(record.topic(), record.partition(), record.offset()),
        ready.tokens(),
        adapters.of(ready.example().getAdapter()).orElse(null));
  }

  private List<ProducerRecord<byte[], byte[]>> records(
      ScoreBatch batch, List<ScoredExample> scored) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      records.add(record(batch.ready().get(i), scored.get(i)));
    }
    for (Entry.Refused refused : batch.refused()) {
      records.add(rejection(refused));
    }
    return records;
  }

  /** The example with its scores, or a rejection where they make it larger than may be sent. */
  private ProducerRecord<byte[], byte[]> record(Entry.Ready ready, ScoredExample scored) {
    TrainingExample example = ready.example();
    ProducerRecord<byte[], byte[]> record =
        serializer.keyed(
            context.topics().scored(), example.getAdapter(), scored, ready.record().headers());
    SendLimit limit = context.config().sendLimit();
    if (limit.holds(record)) {
      return record;
    }
    Claimant claimant = new Claimant(example.getAdapter(), example.getId());
    return rejection(new Entry.Refused(ready.record(), claimant, Refusal.tooLarge(limit)));
  }

  private ProducerRecord<byte[], byte[]> rejection(Entry.Refused refused) {
    return serializer.refused(
        context.topics().rejected(),
        rejections.of(
            refused.record(), refused.claimant(), refused.refusal(), context.clock().instant()));
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(ScoreBatch batch) {
    String topic = context.topics().accepted().name();
    return batch.partitions().stream()
        .collect(
            toMap(
                partition -> new TopicPartition(topic, partition),
                partition -> turns.mark(partition)));
  }

  private void count(ScoreBatch batch, Duration scoring) {
    context.metrics().passed(batch.ready().size());
    batch.refused().forEach(r -> context.metrics().refused(r.refusal().reason().name(), 1));
    context.metrics().unreadableAdapters(model.unreadableAdapters());
    context.metrics().tokens(batch.tokens(), scoring);
    context.metrics().stageTime("score", scoring);
  }

  private void noteWaiting() {
    long waiting = turns.waiting() + line.consumer().unread();
    if (waiting == 0) {
      context.metrics().drained();
    } else {
      context.metrics().waiting(waiting);
      turns.oldestMs().ifPresent(ms -> context.metrics().oldestWaiting(Instant.ofEpochMilli(ms)));
    }
  }
}
