package io.alluvium.trainer;

import static java.util.stream.Collectors.toMap;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.ScoreBatch.Entry;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.claim.Polled;
import io.alluvium.trainer.claim.Reading;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.dataset.Itemized;
import io.alluvium.trainer.publish.Fate;
import io.alluvium.trainer.publish.Outbox;
import io.alluvium.trainer.publish.Rejections;
import io.alluvium.trainer.publish.Rejections.Claimant;
import io.alluvium.trainer.score.ScoreRequest;
import io.alluvium.trainer.score.adapter.CurrentAdapters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Consume, score, produce, over one line to the broker. For the polling thread. */
final class ScoreSession implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Wiring wiring;
  private final ScoreModel model;
  private final BooleanSupplier stopped;
  private final Line line;
  private final RecordReader<TrainingExample> reader;
  private final LogReader<AdapterState> states;
  private final CurrentAdapters adapters;
  private final Outbox outbox;
  private final Rejections rejections = new Rejections("score", Wiring.BUILD);

  ScoreSession(Wiring wiring, ScoreModel model, BooleanSupplier stopped) {
    this.wiring = wiring;
    this.model = model;
    this.stopped = stopped;
    this.line =
        Line.open(wiring, wiring.topics().accepted(), wiring.config().score().pollRecords());
    this.reader = wiring.reader(wiring.topics().accepted());
    this.states = wiring.log(wiring.topics().adapters());
    this.adapters = new CurrentAdapters(model.baseDigest());
    this.outbox = wiring.outbox();
    states.catchUp(adapters::take);
  }

  /** Works until it is stopped (empty) or the line has to be renewed (the fate that says so). */
  Optional<Fate> run() {
    while (!stopped.getAsBoolean()) {
      Optional<Fate> ended = scored(line.consumer().poll(POLL));
      if (ended.isPresent()) {
        return ended;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try (line) {
      states.close();
    }
  }

  private Optional<Fate> scored(Polled polled) {
    if (polled.records().isEmpty()) {
      noteDrained();
      return Optional.empty();
    }
    states.catchUp(adapters::take);
    List<Entry> entries = polled.records().stream().map(this::entry).toList();
    List<ScoreBatch> batches = ScoreBatch.cut(entries, wiring.config().score().batchTokens());
    for (int batch = 0; batch < batches.size(); batch++) {
      noteWaiting(batches.subList(batch, batches.size()));
      boolean last = batch == batches.size() - 1;
      Fate fate = step(batches.get(batch), last ? polled.positions() : null);
      if (!(fate instanceof Fate.Published)) {
        // What follows was read from a place that is no longer ours, or is read again.
        return fate instanceof Fate.Superseded ? Optional.empty() : Optional.of(fate);
      }
    }
    return Optional.empty();
  }

  private Fate step(ScoreBatch batch, @Nullable Map<Integer, Long> positions) {
    Instant begin = wiring.clock().instant();
    var membership = line.consumer().snapshot();
    Future<List<ScoredExample>> work = model.score(requests(batch));
    boolean done = line.consumer().waitFor(work, () -> gone(batch));
    if (!done) {
      line.consumer().rewind();
      return new Fate.Superseded("a partition of the batch was taken away");
    }
    Duration scoring = Duration.between(begin, wiring.clock().instant());
    Fate fate =
        line.commit(
            records(batch, TensorThread.result(work)), offsets(batch, positions), membership);
    if (fate instanceof Fate.Published) {
      count(batch, scoring);
    }
    return fate;
  }

  private boolean gone(ScoreBatch batch) {
    return stopped.getAsBoolean() || line.consumer().lostAny(batch.partitions());
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
    for (ScoredExample example : scored) {
      String adapter = example.getExample().getAdapter();
      records.add(outbox.keyed(wiring.topics().scored(), adapter, example));
    }
    for (Entry.Refused refused : batch.refused()) {
      records.add(
          outbox.raw(
              wiring.topics().rejected(),
              refused.record().key(),
              rejections.of(
                  refused.record(),
                  refused.claimant(),
                  refused.refusal(),
                  wiring.clock().instant())));
    }
    return records;
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(
      ScoreBatch batch, @Nullable Map<Integer, Long> positions) {
    String topic = wiring.topics().accepted().name();
    return batch.nextOffsets(positions).entrySet().stream()
        .collect(
            toMap(
                next -> new TopicPartition(topic, next.getKey()),
                next -> new OffsetAndMetadata(next.getValue())));
  }

  private void count(ScoreBatch batch, Duration scoring) {
    wiring.metrics().passed(batch.ready().size());
    batch.refused().forEach(r -> wiring.metrics().refused(r.refusal().reason().name(), 1));
    wiring.metrics().unreadableAdapters(model.unreadableAdapters());
    wiring.metrics().tokens(batch.tokens(), scoring);
    wiring.metrics().stageTime("score", scoring);
  }

  private void noteWaiting(List<ScoreBatch> batches) {
    batches.stream()
        .flatMap(batch -> batch.entries().stream())
        .mapToLong(entry -> entry.record().timestamp())
        .min()
        .ifPresent(oldest -> wiring.metrics().oldestWaiting(Instant.ofEpochMilli(oldest)));
    int polled = batches.stream().mapToInt(batch -> batch.entries().size()).sum();
    wiring.metrics().waiting(polled + line.consumer().unread());
  }

  private void noteDrained() {
    if (line.consumer().unread() == 0) {
      wiring.metrics().drained();
    }
  }
}
