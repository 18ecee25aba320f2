package io.alluvium.trainer.train;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.claim.group.Polled;
import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.round.order.AnswerWriter;
import io.alluvium.trainer.round.order.Finding;
import io.alluvium.trainer.train.PartitionCommits.Moment;
import io.alluvium.trainer.train.PartitionCommits.Parts;
import io.alluvium.trainer.train.order.Answers;
import io.alluvium.trainer.train.order.OrderDesk;
import io.alluvium.trainer.train.order.OrderDesk.Due;
import io.alluvium.trainer.train.round.RoundNotes;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Obeys operators' orders between rounds, each in a transaction with its answer. */
final class OrderWork {
  private static final Logger LOG = LoggerFactory.getLogger(OrderWork.class);

  /** How often adapters are gone through for orders. */
  private static final Duration OBEY = Duration.ofMillis(500);

  private final WorkerContext context;
  private final Parts parts;
  private final OrderDesk desk;
  private final PartitionCommits commits;
  private final TrainSession.Rounds rounds;
  private final Group group;
  private final Answers answers;
  private Instant obeyed = Instant.EPOCH;

  /** What the session knows of its part in the group. */
  interface Group {
    /** Whether a partition and all its siblings are ours. */
    boolean isWhole(int partition);

    /** From now on it is watched what is lost. */
    void holdsAll();

    /** Whether one of a partition and its siblings was lost since, or all is to end. */
    boolean gone(int partition);

    /** Takes what a poll brings. */
    void take(Polled polled);
  }

  /** What orders are obeyed with. */
  record Doing(OrderDesk desk, PartitionCommits commits, TrainSession.Rounds rounds, Group group) {}

  OrderWork(WorkerContext context, Parts parts, Doing doing) {
    this.context = context;
    this.parts = parts;
    this.desk = doing.desk();
    this.commits = doing.commits();
    this.rounds = doing.rounds();
    this.group = doing.group();
    this.answers = rounds.model().answers(context, parts.history().lineage());
  }

  /** Answers orders about adapters that are ours to write. */
  Optional<CommitOutcome> obey() {
    Instant now = context.clock().instant();
    desk.look(now);
    if (desk.isEmpty() || now.isBefore(obeyed.plus(OBEY))) {
      return Optional.empty();
    }
    obeyed = now;
    Map<String, Integer> owned = owned();
    List<Due> due = desk.due(owned.keySet());
    Optional<Due> back = due.stream().filter(one -> one.order().isRollback()).findFirst();
    if (back.isPresent()) {
      return rollBack(back.get().order(), requireOwned(owned, back.get()));
    }
    return due.isEmpty() ? Optional.empty() : note(due, owned);
  }

  private static int requireOwned(Map<String, Integer> owned, Due due) {
    return Objects.requireNonNull(owned.get(due.adapter()));
  }

  /** Adapters with events or records in partitions that are whole, with a partition of each. */
  private Map<String, Integer> owned() {
    Map<String, Integer> owned = new HashMap<>();
    for (String adapter : parts.history().lineage().adapters()) {
      parts.history().lineage().line(adapter).progress().settledBelow().keySet().stream()
          .filter(group::isWhole)
          .min(Integer::compare)
          .ifPresent(partition -> owned.put(adapter, partition));
    }
    parts
        .cutter()
        .standings()
        .filter(standing -> group.isWhole(standing.partition()))
        .forEach(standing -> owned.putIfAbsent(standing.adapter(), standing.partition()));
    return owned;
  }

  /** Orders that a state obeys, one for each adapter. */
  private Optional<CommitOutcome> note(List<Due> due, Map<String, Integer> owned) {
    due.forEach(one -> seeState(one.adapter()));
    Instant now = context.clock().instant();
    Map<Integer, OffsetAndMetadata> marks = new HashMap<>();
    due.forEach(one -> marks.putAll(commits.marks(requireOwned(owned, one), 0)));
    CommitOutcome fate = commits.commit(answers.noted(due, now), marks, commits.at(now));
    if (fate instanceof CommitOutcome.Published) {
      for (Due one : due) {
        parts.history().awaitAnswers(one.adapter(), one.order().offset() + 1);
        LOG.info(
            "{}: {} as ordered by {}",
            one.adapter(),
            one.order().command().getCommand(),
            one.order().command().getIssuedBy());
      }
    }
    return Optional.of(fate);
  }

  /** Looks whether the order can be obeyed, and commits the answer with what it did. */
  private Optional<CommitOutcome> rollBack(Order order, int partition) {
    String adapter = order.command().getAdapter();
    ConsumerGroupMetadata membership = parts.line().consumer().snapshot();
    if (!isStillDue(order)) {
      return Optional.empty();
    }
    group.holdsAll();
    Future<Finding> work =
        rounds.model().look(order.command(), () -> events(adapter), rounds.remembered().recall());
    if (!parts.line().consumer().readWhile(work, () -> group.gone(partition), group::take)) {
      return Optional.empty();
    }
    Moment moment = new Moment(context.clock().instant(), membership);
    Finding finding = TensorThread.result(work);
    CommitOutcome fate =
        finding instanceof Finding.Possible found
            ? rollBack(new Obeyed(order, found), partition, moment)
            : commits.commit(
                answers.refused(order, ((Finding.Refused) finding).why(), moment.now()),
                commits.marks(partition, 0),
                moment);
    if (fate instanceof CommitOutcome.Published) {
      parts.history().awaitAnswers(adapter, order.offset() + 1);
      if (finding instanceof Finding.Refused refused) {
        LOG.warn(
            "{}: the rollback that {} ordered cannot be done: {}",
            adapter,
            order.command().getIssuedBy(),
            refused.why());
      }
    }
    return Optional.of(fate);
  }

  /** The state that an answer goes on from is that of the last event. */
  private void seeState(String adapter) {
    if (parts.history().lineage().line(adapter).lastVersion() > 0) {
      parts.history().awaitState(adapter);
    }
  }

  /** What another member committed a moment ago may be seen only now. */
  private boolean isStillDue(Order order) {
    String adapter = order.command().getAdapter();
    parts.history().catchUp();
    seeState(adapter);
    return desk.due(List.of(adapter)).stream().anyMatch(due -> due.order().equals(order));
  }

  /** An order and what obeying it means. */
  private record Obeyed(Order order, Finding.Possible found) {}

  private CommitOutcome rollBack(Obeyed obeyed, int partition, Moment moment) {
    Order order = obeyed.order();
    String adapter = order.command().getAdapter();
    AdapterLine before = parts.history().lineage().line(adapter);
    Map<Integer, OffsetAndMetadata> marks = commits.marks(partition, 1);
    OffsetAndMetadata mark = Objects.requireNonNull(marks.get(partition));
    TopicPartition at = context.sources().at(partition).orElseThrow();
    long settled = before.settledBelow(partition);
    AnswerWriter.Seat seat =
        new AnswerWriter.Seat(
            before.lastVersion() + 1,
            new OffsetRange(at.topic(), at.partition(), settled, settled),
            mark.offset());
    CommitOutcome fate =
        commits.commit(
            answers.rolledBack(order, obeyed.found(), seat, moment.now()), marks, moment);
    if (fate instanceof CommitOutcome.Published) {
      parts.history().check(partition, mark);
      parts.history().awaitState(adapter);
      new RoundNotes(context.metrics()).rolledBack(order, parts.history().lineage().line(adapter));
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
}
