package io.alluvium.trainer.train;

import io.alluvium.trainer.claim.group.Polled;
import io.alluvium.trainer.claim.group.ReadAhead;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.claim.window.WindowCutter;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.lineage.LineageFollower;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.round.event.EventRecords;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.train.PartitionCommits.Moment;
import io.alluvium.trainer.train.intake.Intake;
import io.alluvium.trainer.train.intake.Remembered;
import io.alluvium.trainer.train.intake.WaitingNotes;
import io.alluvium.trainer.train.order.OrderDesk;
import io.alluvium.trainer.train.round.RoundNotes;
import io.alluvium.trainer.train.round.TrainModel;
import io.alluvium.trainer.worker.KafkaSession;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.time.Duration;
import java.time.Instant;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consume, train, publish, over one line to the broker. For the polling thread.
 *
 * <p>Of each partition the offset is committed before which nothing waits. Records behind it that
 * windows took already are known by their adapters' last events and passed over.
 */
final class TrainSession implements AutoCloseable, OrderWork.Group {
  private static final Logger LOG = LoggerFactory.getLogger(TrainSession.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int POLL_RECORDS = 500;

  /** How long what no round commits may stay uncommitted. */
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private static final Duration LOOK_FOR_LANES = Duration.ofSeconds(30);

  private final WorkerContext context;
  private final Rounds rounds;
  private final BooleanSupplier stopped;
  private final KafkaSession line;
  private final LineageFollower history;
  private final OrderDesk desk;
  private final EventRecords records;
  private final PartitionCommits commits;
  private final OrderWork orders;
  private final WindowCutter cutter;
  private final Intake intake;
  private final ReadAhead readAhead;
  private final WaitingNotes notes;
  private final Set<Integer> lost = new HashSet<>();
  private Instant swept;
  private Instant looked;

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
    PartitionCommits.Parts parts = new PartitionCommits.Parts(line, history, cutter, intake);
    this.commits = new PartitionCommits(context, parts, records);
    this.orders = new OrderWork(context, parts, new OrderWork.Doing(desk, commits, rounds, this));
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
          orders
              .obey()
              .flatMap(this::ended)
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
  @Override
  public boolean isWhole(int partition) {
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

  @Override
  public void take(Polled polled) {
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
    commits.drop(partition);
  }

  private void begin(int partition, OffsetAndMetadata mark) {
    history.check(partition, mark);
    history.requireRecords(partition, line.consumer().end(partition));
    cutter.begin(
        partition,
        mark.offset(),
        adapter -> history.lineage().line(adapter).settledBelow(partition));
    commits.begin(partition, mark);
  }

  /** One window from plan to commit; what has to be renewed ends the session. */
  private Optional<CommitOutcome> round(Window window) {
    ConsumerGroupMetadata membership = line.consumer().snapshot();
    history.catchUp();
    String adapter = window.adapter();
    RoundPlan plan = new RoundPlan(window, history.lineage().line(adapter), desk.erasures(adapter));
    String place = context.sources().name(window.partition());
    LOG.info(
        "training {} on {} offsets [{}, {}), {} records, {}",
        adapter,
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
    Optional<RoundOutcome> outcome = done ? TensorThread.result(work) : Optional.empty();
    if (!done || outcome.filter(this::isErased).isPresent()) {
      LOG.info("the round of {} on {} was given up, its records wait again", adapter, place);
      giveBack(window);
      return Optional.empty();
    }
    return outcome.flatMap(made -> commit(made, membership));
  }

  /** Whether an order to erase, given meanwhile, means a record that the round was made with. */
  private boolean isErased(RoundOutcome outcome) {
    desk.look(context.clock().instant());
    Erasures before = outcome.plan().erasures();
    Erasures now = desk.erasures(outcome.plan().adapter());
    return outcome.examples().stream().anyMatch(entry -> now.mean(entry) && !before.mean(entry));
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

  @Override
  public void holdsAll() {
    lost.clear();
  }

  /** Nor is a round finished whose adapter is to go back. */
  private boolean givenUp(Window window) {
    desk.look(context.clock().instant());
    return gone(window.partition()) || desk.awaitsRollback(window.adapter());
  }

  /** A partition that was taken away belongs to somebody who starts at its committed offset. */
  @Override
  public boolean gone(int partition) {
    return stopped.getAsBoolean()
        || !Collections.disjoint(lost, context.sources().siblings(partition));
  }

  private Optional<CommitOutcome> commit(RoundOutcome outcome, ConsumerGroupMetadata membership) {
    Instant now = context.clock().instant();
    int partition = outcome.plan().window().partition();
    Map<Integer, OffsetAndMetadata> marks = commits.marks(partition, 1);
    OffsetAndMetadata mark = Objects.requireNonNull(marks.get(partition));
    List<ProducerRecord<byte[], byte[]>> written =
        records.of(outcome, history.lineage(), mark.offset(), now);
    rounds.model().store().holdAll(outcome.folders().named());
    CommitOutcome fate = commits.commit(written, marks, new Moment(now, membership));
    context.metrics().stageTime("publish", Duration.between(now, context.clock().instant()));
    if (fate instanceof CommitOutcome.Published) {
      RoundNotes told = new RoundNotes(context.metrics());
      told.published(outcome, now);
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
    List<Integer> partitions = cutter.partitions().stream().filter(commits::moved).toList();
    if (partitions.isEmpty() || now.isBefore(swept.plus(SWEEP))) {
      return Optional.empty();
    }
    swept = now;
    Map<Integer, OffsetAndMetadata> marks = new HashMap<>();
    partitions.forEach(partition -> marks.put(partition, commits.mark(partition, 0)));
    return ended(commits.commit(List.of(), marks, commits.at(now)));
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
