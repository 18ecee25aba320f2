package io.alluvium.trainer;

import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.Polled;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.window.Arrival;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.claim.window.WindowCutter;
import io.alluvium.trainer.publish.Fate;
import io.alluvium.trainer.publish.OffsetMark;
import io.alluvium.trainer.round.EventWriter;
import io.alluvium.trainer.round.Incoming;
import io.alluvium.trainer.round.RoundOutcome;
import io.alluvium.trainer.round.WindowPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Consume, train, publish, over one line to the broker. For the polling thread. */
final class TrainSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainSession.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int POLL_RECORDS = 500;

  private final Wiring wiring;
  private final TrainModel model;
  private final BooleanSupplier stopped;
  private final Line line;
  private final RecordReader<WeightedExample> reader;
  private final History history;
  private final EventWriter events;
  private final RoundRecords roundRecords;
  private final WindowCutter<Incoming> cutter;
  private final Housekeeping housekeeping;

  TrainSession(Wiring wiring, TrainModel model, BooleanSupplier stopped) {
    this.wiring = wiring;
    this.model = model;
    this.stopped = stopped;
    this.line = Line.open(wiring, wiring.topics().training(), POLL_RECORDS);
    this.reader = wiring.reader(wiring.topics().training());
    this.history = new History(wiring);
    this.events = model.events(wiring.topics().training().name());
    this.roundRecords = new RoundRecords(wiring, events);
    this.cutter = new WindowCutter<>(wiring.config().window());
    history.catchUp();
    this.housekeeping = new Housekeeping(wiring, model.store());
    housekeeping.collect(history);
    history.lineage().currentVersions().forEach(wiring.metrics()::currentVersion);
    history.lineage().newestRelease().ifPresent(wiring.metrics()::publishedAt);
  }

  /** Works until it is stopped (empty) or the line has to be renewed (the fate that says so). */
  Optional<Fate> run() {
    while (!stopped.getAsBoolean()) {
      take(line.consumer().poll(POLL));
      Optional<Window<Incoming>> window = cutter.cut(wiring.clock().millis());
      noteWaiting(window);
      Optional<Fate> ended = window.flatMap(this::round);
      window.ifPresent(done -> cutter.readingAgain(wiring.clock().millis()));
      if (ended.isPresent()) {
        return ended;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try (line) {
      history.close();
    }
  }

  private void take(Polled polled) {
    polled.lost().forEach(cutter::drop);
    polled
        .gained()
        .forEach(
            (partition, offset) -> {
              history.check(partition, line.consumer().committed(partition));
              cutter.begin(partition, offset);
            });
    polled.records().forEach(this::take);
    polled.positions().forEach(cutter::advance);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Instant now = wiring.clock().instant();
    Incoming incoming = new Incoming(record, reader.read(record), now);
    cutter.add(
        record.partition(),
        new Arrival<>(record.offset(), incoming.tokens(), now.toEpochMilli(), incoming));
  }

  /** One window from plan to commit; what has to be renewed ends the session. */
  private Optional<Fate> round(Window<Incoming> window) {
    ConsumerGroupMetadata membership = line.consumer().snapshot();
    history.catchUp();
    WindowPlan plan = WindowPlan.of(window, history.lineage());
    LOG.info(
        "training on partition {} offsets [{}, {}), {} records",
        window.partition(),
        window.firstOffset(),
        window.nextOffset(),
        window.records().size());
    AtomicBoolean cancelled = new AtomicBoolean();
    Future<Optional<List<RoundOutcome>>> work = model.run(plan, cancelled::get);
    boolean done = line.consumer().waitFor(work, () -> gone(window));
    cancelled.set(!done);
    return done
        ? TensorThread.result(work).flatMap(outcomes -> commit(plan, outcomes, membership))
        : Optional.empty();
  }

  /** A partition that was taken away belongs to somebody who starts at its committed offset. */
  private boolean gone(Window<Incoming> window) {
    return stopped.getAsBoolean() || line.consumer().lostAny(Set.of(window.partition()));
  }

  private Optional<Fate> commit(
      WindowPlan plan, List<RoundOutcome> outcomes, ConsumerGroupMetadata membership) {
    Instant now = wiring.clock().instant();
    OffsetRange range = events.range(plan);
    OffsetAndMetadata next = offset(range, outcomes);
    housekeeping.hold(outcomes);
    Fate fate =
        line.commit(
            roundRecords.of(plan, outcomes, history.lineage(), now),
            Map.of(new TopicPartition(range.getTopic(), range.getPartition()), next),
            membership);
    wiring.metrics().stageTime("publish", Duration.between(now, wiring.clock().instant()));
    if (fate instanceof Fate.Published) {
      new RoundNotes(wiring.metrics()).published(plan, outcomes, now);
      // A commit returns before its end is marked on every topic: the next round might not see
      // this one yet, and would use its number again.
      history.check(range.getPartition(), next);
      outcomes.forEach(outcome -> history.awaitState(outcome.round().adapter()));
    }
    boolean goesOn = fate instanceof Fate.Published || fate instanceof Fate.Superseded;
    return goesOn ? Optional.empty() : Optional.of(fate);
  }

  private OffsetAndMetadata offset(OffsetRange range, List<RoundOutcome> outcomes) {
    OptionalLong eventNext =
        outcomes.isEmpty()
            ? history.lineage().nextOffset(range.getPartition())
            : OptionalLong.of(range.getNextOffset());
    return OffsetMark.of(range.getNextOffset(), eventNext);
  }

  private void noteWaiting(Optional<Window<Incoming>> cut) {
    List<Incoming> waiting = cutter.waiting();
    long inWindow = cut.map(window -> window.records().size()).orElse(0);
    long unread = line.consumer().unread();
    Stream.concat(waiting.stream(), cut.stream().flatMap(window -> window.records().stream()))
        .mapToLong(incoming -> incoming.raw().timestamp())
        .min()
        .ifPresent(oldest -> wiring.metrics().oldestWaiting(Instant.ofEpochMilli(oldest)));
    wiring.metrics().waiting(waiting.size() + inWindow + unread);
    if (waiting.size() + inWindow + unread == 0) {
      wiring.metrics().drained();
    }
  }
}
