package io.alluvium.trainer.train;

import io.alluvium.trainer.claim.window.WindowCutter;
import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.publish.lineage.LineageFollower;
import io.alluvium.trainer.publish.lineage.OffsetMark;
import io.alluvium.trainer.round.event.EventRecords;
import io.alluvium.trainer.train.intake.Intake;
import io.alluvium.trainer.train.round.RoundNotes;
import io.alluvium.trainer.worker.KafkaSession;
import io.alluvium.trainer.worker.WorkerContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What is committed of partitions, and what goes into every transaction. For the polling thread.
 */
final class PartitionCommits {
  private final WorkerContext context;
  private final Parts parts;
  private final EventRecords records;
  private final Map<Integer, Long> committed = new HashMap<>();

  /** What a session reads with. */
  record Parts(KafkaSession line, LineageFollower history, WindowCutter cutter, Intake intake) {}

  /** When something is committed, and as which member of the group. */
  record Moment(Instant now, ConsumerGroupMetadata membership) {}

  PartitionCommits(WorkerContext context, Parts parts, EventRecords records) {
    this.context = context;
    this.parts = parts;
    this.records = records;
  }

  void begin(int partition, OffsetAndMetadata mark) {
    parts.intake().begin(partition, OffsetMark.refusedBelow(mark));
    committed.put(partition, mark.offset());
  }

  void drop(int partition) {
    parts.intake().drop(partition);
    committed.remove(partition);
  }

  /** Whether there is something to commit that belongs to no round. */
  boolean moved(int partition) {
    return !parts.intake().foreign(partition).isEmpty()
        || parts.cutter().watermark(partition) > committed.getOrDefault(partition, 0L);
  }

  Moment at(Instant now) {
    return new Moment(now, parts.line().consumer().snapshot());
  }

  /** Records and offsets, and with them the refusals of foreign records before these. */
  CommitOutcome commit(
      List<ProducerRecord<byte[], byte[]>> own,
      Map<Integer, OffsetAndMetadata> marks,
      Moment moment) {
    List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>(own);
    for (int each : marks.keySet()) {
      written.addAll(records.refused(parts.intake().foreign(each), moment.now()));
    }
    CommitOutcome fate = parts.line().commit(written, placed(marks), moment.membership());
    if (fate instanceof CommitOutcome.Published) {
      marks.forEach(this::settled);
    }
    return fate;
  }

  private void settled(int partition, OffsetAndMetadata mark) {
    new RoundNotes(context.metrics()).refused(parts.intake().foreign(partition));
    parts.intake().refused(partition);
    committed.put(partition, mark.offset());
  }

  /** Of a partition and its siblings: whoever lost one of them is not the adapter's writer. */
  Map<Integer, OffsetAndMetadata> marks(int partition, int newEvents) {
    Map<Integer, OffsetAndMetadata> marks = new HashMap<>();
    for (int each : context.sources().siblings(partition)) {
      marks.put(each, mark(each, each == partition ? newEvents : 0));
    }
    return marks;
  }

  /**
   * What is to be committed of a partition.
   *
   * @param newEvents version events of it in the same transaction
   */
  OffsetAndMetadata mark(int partition, int newEvents) {
    WindowCutter cutter = parts.cutter();
    return new OffsetMark(
            parts.history().lineage().partition(partition).count() + newEvents,
            cutter.position(partition),
            cutter.waiting(partition))
        .at(cutter.watermark(partition));
  }

  private Map<TopicPartition, OffsetAndMetadata> placed(Map<Integer, OffsetAndMetadata> marks) {
    Map<TopicPartition, OffsetAndMetadata> placed = new HashMap<>();
    marks.forEach((number, mark) -> placed.put(context.sources().at(number).orElseThrow(), mark));
    return placed;
  }
}
