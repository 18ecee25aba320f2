package io.alluvium.trainer.train;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.claim.group.Polled;
import io.alluvium.trainer.claim.group.ReadAhead;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.claim.window.WindowCutter;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.lineage.LineageFollower;
import io.alluvium.trainer.publish.lineage.OffsetMark;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.round.event.EventRecords;
import io.alluvium.trainer.round.order.AnswerWriter;
import io.alluvium.trainer.round.order.Finding;
import io.alluvium.trainer.round.outcome.RefusedRecord;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.train.intake.Intake;
import io.alluvium.trainer.train.intake.Remembered;
import io.alluvium.trainer.train.intake.WaitingNotes;
import io.alluvium.trainer.train.order.Answers;
import io.alluvium.trainer.train.order.OrderDesk;
import io.alluvium.trainer.train.order.OrderDesk.Due;
import io.alluvium.trainer.train.round.RoundNotes;
import io.alluvium.trainer.train.round.TrainModel;
import io.alluvium.trainer.worker.KafkaSession;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consume, train, publish, over one line to the broker. For the polling thread.
 *
 * <p>Of each partition the offset is committed before which nothing waits. Records behind it that
 * windows took already are known by their adapters' last events and passed over.
 */
final class TrainSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainSession.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int POLL_RECORDS = 500;

  /** How long what no round commits may stay uncommitted. */
  private static final Duration SWEEP = Duration.ofSeconds(5);

  /** How often adapters are gone through for orders. */
  private static final Duration OBEY = Duration.ofMillis(500);

  private static final Duration LOOK_FOR_LANES = Duration.ofSeconds(30);

  private final WorkerContext context;
  private final Rounds rounds;
  private final BooleanSupplier stopped;
  private final KafkaSession line;
  private final LineageFollower history;
  private final OrderDesk desk;
  private final EventRecords records;
  private final Answers answers;
  private final WindowCutter cutter;
  private final Intake intake;
  private final ReadAhead readAhead;
  private final WaitingNotes notes;
  private final Map<Integer, Long> committed = new HashMap<>();
  private final Set<Integer> lost = new HashSet<>();
  private Instant swept;
  private Instant looked;
  private Instant obeyed = Instant.EPOCH;

  /** What does rounds, and what remembers records for them; both outlive the session. */
  record Rounds(TrainModel model, Remembered remembered) {}

  TrainSession(WorkerContext context, Rounds rounds, BooleanSupplier stopped) {
    this.context = context;
    this.rounds = rounds;
    this.stopped = stopped;
    this.swept = context.clock().instant();
    this.looked = swept;
    context.findLanes(context.topicNames());
    this.line = KafkaSession.open(context, context.sources(), POLL_RECORDS);
    this.history = context.lineage();
    this.desk = new OrderDesk(context.log(context.topics().commands()), history.lineage());
    this.records = rounds.model().records(context);
    this.answers = rounds.model().answers(context, history.lineage());
    TrainerConfig config = context.config();
    this.cutter =
        new WindowCutter(
            new WindowCutter.Rules(
                config.window(), config.gate().minHeldOut(), new Known(history, desk)));
    this.intake =
        new Intake(
            context.reader(context.topics().training()),
            new HeldOut(config.gate().heldOutShare()),
            rounds.remembered().shelf(),
            cutter);
    this.readAhead =
        new ReadAhead(
            config.readAhead().records(), () -> Set.copyOf(cutter.partitions()), cutter::waiting);
    this.notes = new WaitingNotes(context.metrics(), cutter, context.sources()::label);
    history.catchUp();
    rounds.model().collectOrphans(context, history);
    history
        .lineage()
        .forEachChampion(
            (adapter, event) -> context.metrics().currentVersion(adapter, event.getVersion()));
    history.lineage().newestRelease().ifPresent(context.metrics()::publishedAt);
  }

  /** What the log says of adapters when windows are cut. */
  private record Known(LineageFollower history, OrderDesk desk) implements WindowCutter.History {
    @Override
    public int judges(String adapter) {
      return line(adapter).judges();
    }

    @Override
    public long servedMs(String adapter) {
      return line(adapter).progress().servedMs();
    }

    @Override
    public boolean paused(String adapter) {
      return desk.holdsBack(adapter);
    }

    private AdapterLine line(String adapter) {
      return history.lineage().line(adapter);
    }
  }

  /** Works until it is stopped (empty) or the line has to be renewed (the fate that says so). */
  Optional<CommitOutcome> run() {
    while (!stopped.getAsBoolean()) {
      take(line.consumer().poll(POLL));
      Optional<CommitOutcome> ended =
          obey()
              .or(() -> cutter.cut(this::isWhole).flatMap(this::round))
              .or(this::sweep)
              .or(this::newLanes);
      if (ended.isPresent()) {
        return ended;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try (line;
        desk) {
      history.close();
    }
  }

  /** An adapter has one writer: whoever has its partition of every topic. */
  private boolean isWhole(int partition) {
    return cutter.partitions().containsAll(context.sources().siblings(partition));
  }

  /** A lane that was configured meanwhile is read too. */
  private Optional<CommitOutcome> newLanes() {
    Instant now = context.clock().instant();
    if (now.isBefore(looked.plus(LOOK_FOR_LANES))) {
      return Optional.empty();
    }
    looked = now;
    List<String> found = context.findLanes(line.consumer().topics());
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new CommitOutcome.Superseded("lanes " + found + " are new"));
  }

  private void take(Polled polled) {
    polled.lost().forEach(this::drop);
    polled.gained().forEach(this::begin);
    polled.records().forEach(intake::take);
    polled.positions().forEach(cutter::advance);
    line.consumer().hold(readAhead.full());
    Set<Integer> read = new HashSet<>(line.consumer().caughtUp());
    read.addAll(readAhead.full());
    read.retainAll(cutter.partitions());
    read.forEach(partition -> cutter.readUpTo(partition, context.clock().millis()));
    notes.note(line.consumer().unread(), context.clock().instant());
  }

  private void drop(int partition) {
    lost.add(partition);
    cutter.drop(partition);
    intake.drop(partition);
    committed.remove(partition);
  }

  private void begin(int partition, OffsetAndMetadata mark) {
    history.check(partition, mark);
    history.requireRecords(partition, line.consumer().end(partition));
    cutter.begin(
        partition,
        mark.offset(),
        adapter -> history.lineage().line(adapter).settledBelow(partition));
    intake.begin(partition, OffsetMark.refusedBelow(mark));
    committed.put(partition, mark.offset());
  }

  /** Answers orders about adapters that are ours to write. */
  private Optional<CommitOutcome> obey() {
    Instant now = context.clock().instant();
    desk.look(now);
    if (now.isBefore(obeyed.plus(OBEY))) {
      return Optional.empty();
    }
    obeyed = now;
    Map<String, Integer> owned = owned();
    List<Due> due = desk.due(owned.keySet());
    Optional<Due> back = due.stream().filter(one -> one.order().isRollback()).findFirst();
    if (back.isPresent()) {
      return rollBack(back.get().order(), requireOwned(owned, back.get()));
    }
    return due.isEmpty() ? Optional.empty() : pause(due, owned);
  }

  private static int requireOwned(Map<String, Integer> owned, Due due) {
    return Objects.requireNonNull(owned.get(due.adapter()));
  }

  /** Adapters with events or records in partitions that are whole, with a partition of each. */
  private Map<String, Integer> owned() {
    Map<String, Integer> owned = new HashMap<>();
    for (String adapter : history.lineage().adapters()) {
      history.lineage().line(adapter).progress().settledBelow().keySet().stream()
          .filter(this::isWhole)
          .min(Integer::compare)
          .ifPresent(partition -> owned.put(adapter, partition));
    }
    cutter
        .standings()
        .filter(standing -> isWhole(standing.partition()))
        .forEach(standing -> owned.putIfAbsent(standing.adapter(), standing.partition()));
    return owned;
  }

  /** Orders to pause and to resume, one state for each adapter. */
  private Optional<CommitOutcome> pause(List<Due> due, Map<String, Integer> owned) {
    Instant now = context.clock().instant();
    Map<Integer, OffsetAndMetadata> marks = new HashMap<>();
    due.forEach(one -> marks.putAll(marks(requireOwned(owned, one), 0)));
    CommitOutcome fate = commit(answers.paused(due, now), marks, at(now));
    if (fate instanceof CommitOutcome.Published) {
      for (Due one : due) {
        history.awaitAnswers(one.adapter(), one.order().offset() + 1);
        LOG.info(
            "{}: {} as ordered by {}",
            one.adapter(),
            one.order().command().getCommand(),
            one.order().command().getIssuedBy());
      }
    }
    return ended(fate);
  }

  /** Looks whether the order can be obeyed, and commits the answer with what it did. */
  private Optional<CommitOutcome> rollBack(Order order, int partition) {
    String adapter = order.command().getAdapter();
    ConsumerGroupMetadata membership = line.consumer().snapshot();
    if (!isStillDue(order)) {
      return Optional.empty();
    }
    lost.clear();
    Future<Finding> work =
        rounds.model().look(order.command(), () -> events(adapter), rounds.remembered().recall());
    if (!line.consumer().readWhile(work, () -> gone(partition), this::take)) {
      return Optional.empty();
    }
    Moment moment = new Moment(context.clock().instant(), membership);
    Finding finding = TensorThread.result(work);
    CommitOutcome fate =
        finding instanceof Finding.Possible found
            ? rollBack(new Obeyed(order, found), partition, moment)
            : commit(
                answers.refused(order, ((Finding.Refused) finding).why(), moment.now()),
                marks(partition, 0),
                moment);
    if (fate instanceof CommitOutcome.Published) {
      history.awaitAnswers(adapter, order.offset() + 1);
      if (finding instanceof Finding.Refused refused) {
        LOG.warn(
            "{}: the rollback that {} ordered cannot be done: {}",
            adapter,
            order.command().getIssuedBy(),
            refused.why());
      }
    }
    return ended(fate);
  }

  /** What another member committed a moment ago may be seen only now. */
  private boolean isStillDue(Order order) {
    String adapter = order.command().getAdapter();
    history.catchUp();
    if (history.lineage().line(adapter).lastVersion() > 0) {
      history.awaitState(adapter);
    }
    return desk.due(List.of(adapter)).stream().anyMatch(due -> due.order().equals(order));
  }

  /** An order and what obeying it means. */
  private record Obeyed(Order order, Finding.Possible found) {}

  private CommitOutcome rollBack(Obeyed obeyed, int partition, Moment moment) {
    Order order = obeyed.order();
    String adapter = order.command().getAdapter();
    AdapterLine before = history.lineage().line(adapter);
    Map<Integer, OffsetAndMetadata> marks = marks(partition, 1);
    OffsetAndMetadata mark = Objects.requireNonNull(marks.get(partition));
    TopicPartition at = context.sources().at(partition).orElseThrow();
    long settled = before.settledBelow(partition);
    AnswerWriter.Seat seat =
        new AnswerWriter.Seat(
            before.lastVersion() + 1,
            new OffsetRange(at.topic(), at.partition(), settled, settled),
            mark.offset());
    CommitOutcome fate =
        commit(answers.rolledBack(order, obeyed.found(), seat, moment.now()), marks, moment);
    if (fate instanceof CommitOutcome.Published) {
      history.check(partition, mark);
      history.awaitState(adapter);
      new RoundNotes(context.metrics()).rolledBack(order, history.lineage().line(adapter));
    }
    return fate;
  }

  /** All events of an adapter: of those before its champion nobody keeps anything. */
  private List<AdapterVersion> events(String adapter) {
    List<AdapterVersion> events = new ArrayList<>();
    try (LogReader<AdapterVersion> log = context.log(context.topics().versions())) {
      log.catchUp(
          event -> {
            if (event.getAdapter().equals(adapter)) {
              events.add(event);
            }
          });
    }
    return events;
  }

  /** One window from plan to commit; what has to be renewed ends the session. */
  private Optional<CommitOutcome> round(Window window) {
    ConsumerGroupMetadata membership = line.consumer().snapshot();
    history.catchUp();
    RoundPlan plan = new RoundPlan(window, history.lineage().line(window.adapter()));
    String place = context.sources().name(window.partition());
    LOG.info(
        "training {} on {} offsets [{}, {}), {} records, {}",
        window.adapter(),
        place,
        window.firstOffset(),
        window.nextOffset(),
        window.offsets().size(),
        window.cause());
    lost.clear();
    AtomicBoolean cancelled = new AtomicBoolean();
    Future<Optional<RoundOutcome>> work =
        rounds.model().run(plan, rounds.remembered().recall(), cancelled::get);
    boolean done = line.consumer().readWhile(work, () -> givenUp(window), this::take);
    cancelled.set(!done);
    if (!done) {
      LOG.info(
          "the round of {} on {} was given up, its records wait again", window.adapter(), place);
      giveBack(window);
      return Optional.empty();
    }
    return TensorThread.result(work).flatMap(outcome -> commit(outcome, membership));
  }

  /** Its records are in no queue any more, so they have to be read again, if by us. */
  private void giveBack(Window window) {
    if (lost.contains(window.partition())) {
      return;
    }
    forgetAll();
    if (!stopped.getAsBoolean()) {
      line.consumer().rewind();
    }
  }

  /** Nor is a round finished whose adapter is to go back. */
  private boolean givenUp(Window window) {
    desk.look(context.clock().instant());
    return gone(window.partition()) || desk.awaitsRollback(window.adapter());
  }

  /** A partition that was taken away belongs to somebody who starts at its committed offset. */
  private boolean gone(int partition) {
    return stopped.getAsBoolean()
        || !Collections.disjoint(lost, context.sources().siblings(partition));
  }

  private Optional<CommitOutcome> commit(RoundOutcome outcome, ConsumerGroupMetadata membership) {
    Instant now = context.clock().instant();
    int partition = outcome.plan().window().partition();
    List<Integer> siblings = context.sources().siblings(partition);
    List<RefusedRecord> foreign =
        siblings.stream().flatMap(each -> intake.foreign(each).stream()).toList();
    Map<Integer, OffsetAndMetadata> marks = marks(partition, 1);
    OffsetAndMetadata mark = Objects.requireNonNull(marks.get(partition));
    List<ProducerRecord<byte[], byte[]>> written =
        new ArrayList<>(records.of(outcome, history.lineage(), mark.offset(), now));
    written.addAll(records.refused(foreign, now));
    rounds.model().store().holdAll(outcome.folders().named());
    // Those of the lanes too: whoever lost one of them is not the adapter's writer any more.
    CommitOutcome fate = line.commit(written, placed(marks), membership);
    context.metrics().stageTime("publish", Duration.between(now, context.clock().instant()));
    if (fate instanceof CommitOutcome.Published) {
      RoundNotes told = new RoundNotes(context.metrics());
      told.published(outcome, now);
      told.refused(foreign);
      marks.forEach(this::settled);
      // A commit returns before its end is marked on every topic: the next round might not see
      // this one yet, and would use its number again.
      history.check(partition, mark);
      history.awaitState(outcome.plan().adapter());
      told.line(outcome.plan().adapter(), history.lineage().line(outcome.plan().adapter()));
    }
    return ended(fate);
  }

  /** Commits what no round does: refusals of foreign records, and passed offsets. */
  private Optional<CommitOutcome> sweep() {
    Instant now = context.clock().instant();
    List<Integer> partitions = cutter.partitions().stream().filter(this::moved).toList();
    if (partitions.isEmpty() || now.isBefore(swept.plus(SWEEP))) {
      return Optional.empty();
    }
    swept = now;
    Map<Integer, OffsetAndMetadata> marks = new HashMap<>();
    partitions.forEach(partition -> marks.put(partition, mark(partition, 0)));
    return ended(commit(List.of(), marks, at(now)));
  }

  /** When something is committed, and as which member of the group. */
  private record Moment(Instant now, ConsumerGroupMetadata membership) {}

  private Moment at(Instant now) {
    return new Moment(now, line.consumer().snapshot());
  }

  /** Records and offsets, and with them the refusals of foreign records before these. */
  private CommitOutcome commit(
      List<ProducerRecord<byte[], byte[]>> own,
      Map<Integer, OffsetAndMetadata> marks,
      Moment moment) {
    List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>(own);
    marks
        .keySet()
        .forEach(each -> written.addAll(records.refused(intake.foreign(each), moment.now())));
    CommitOutcome fate = line.commit(written, placed(marks), moment.membership());
    if (fate instanceof CommitOutcome.Published) {
      RoundNotes told = new RoundNotes(context.metrics());
      marks.keySet().forEach(each -> told.refused(intake.foreign(each)));
      marks.forEach(this::settled);
    }
    return fate;
  }

  /** Of a partition and its siblings. */
  private Map<Integer, OffsetAndMetadata> marks(int partition, int newEvents) {
    Map<Integer, OffsetAndMetadata> marks = new HashMap<>();
    for (int each : context.sources().siblings(partition)) {
      marks.put(each, mark(each, each == partition ? newEvents : 0));
    }
    return marks;
  }

  private boolean moved(int partition) {
    return !intake.foreign(partition).isEmpty()
        || cutter.watermark(partition) > committed.getOrDefault(partition, 0L);
  }

  private void settled(int partition, OffsetAndMetadata mark) {
    intake.refused(partition);
    committed.put(partition, mark.offset());
  }

  private OffsetAndMetadata mark(int partition, int newEvents) {
    return new OffsetMark(
            history.lineage().partition(partition).count() + newEvents,
            cutter.position(partition),
            cutter.waiting(partition))
        .at(cutter.watermark(partition));
  }

  private Map<TopicPartition, OffsetAndMetadata> placed(Map<Integer, OffsetAndMetadata> marks) {
    Map<TopicPartition, OffsetAndMetadata> placed = new HashMap<>();
    marks.forEach((number, mark) -> placed.put(context.sources().at(number).orElseThrow(), mark));
    return placed;
  }

  private Optional<CommitOutcome> ended(CommitOutcome fate) {
    if (fate instanceof CommitOutcome.Superseded) {
      forgetAll();
    }
    boolean goesOn =
        fate instanceof CommitOutcome.Published || fate instanceof CommitOutcome.Superseded;
    return goesOn ? Optional.empty() : Optional.of(fate);
  }

  /**
   * What was taken out of a queue and came to nothing will be read again: until its partition
   * begins anew nothing here may say how far the group has come.
   */
  private void forgetAll() {
    List.copyOf(cutter.partitions()).forEach(this::drop);
  }
}
