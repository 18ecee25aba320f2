package io.alluvium.trainer.round.event;

import io.alluvium.schemas.topic.Topics;
import io.alluvium.trainer.publish.RecordSerializer;
import io.alluvium.trainer.publish.Rejections;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.round.outcome.RefusedRecord;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records that a transaction consists of. */
public final class EventRecords {
  private final Topics topics;
  private final EventWriter events;
  private final RecordSerializer serializer;
  private final Rejections rejections;

  /**
   * Makes records for these topics.
   *
   * @param events makes events of outcomes
   * @param serializer makes bytes of events
   * @param rejections makes events of refusals
   */
  public EventRecords(
      Topics topics, EventWriter events, RecordSerializer serializer, Rejections rejections) {
    this.topics = topics;
    this.events = events;
    this.serializer = serializer;
    this.rejections = rejections;
  }

  /** Of a round: event, state, report and what it refused. */
  public List<ProducerRecord<byte[], byte[]>> of(
      RoundOutcome outcome, Lineage lineage, long watermark, Instant now) {
    String adapter = outcome.plan().adapter();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(
        serializer.keyed(topics.versions(), adapter, events.version(outcome, watermark, now)));
    records.add(
        serializer.keyed(
            topics.adapters(),
            adapter,
            events.state(outcome, lineage.state(adapter).orElse(null), now)));
    records.add(serializer.keyed(topics.reports(), adapter, events.report(outcome, now)));
    records.addAll(refused(outcome.shares().refused(), now));
    return records;
  }

  /** Of refused records alone. */
  public List<ProducerRecord<byte[], byte[]>> refused(List<RefusedRecord> refused, Instant now) {
    return refused.stream().map(one -> rejection(one, now)).toList();
  }

  private ProducerRecord<byte[], byte[]> rejection(RefusedRecord refused, Instant now) {
    return serializer.refused(
        topics.rejected(),
        rejections.of(refused.raw(), refused.claimant(), refused.refusal(), now));
  }
}
