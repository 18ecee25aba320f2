package io.alluvium.trainer;

import io.alluvium.trainer.publish.Outbox;
import io.alluvium.trainer.publish.Rejections;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.round.EventWriter;
import io.alluvium.trainer.round.RefusedRecord;
import io.alluvium.trainer.round.RoundOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records that a transaction consists of. */
final class RoundRecords {
  private final Wiring wiring;
  private final EventWriter events;
  private final Outbox outbox;
  private final Rejections rejections;

  RoundRecords(Wiring wiring, EventWriter events) {
    this.wiring = wiring;
    this.events = events;
    this.outbox = wiring.outbox();
    this.rejections = new Rejections("train", Wiring.BUILD, wiring.config().sendLimit());
  }

  /** Of a round: event, state, report and what it refused. */
  List<ProducerRecord<byte[], byte[]>> of(
      RoundOutcome outcome, Lineage lineage, long watermark, Instant now) {
    String adapter = outcome.plan().adapter();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(
        outbox.keyed(wiring.topics().versions(), adapter, events.version(outcome, watermark, now)));
    records.add(
        outbox.keyed(
            wiring.topics().adapters(),
            adapter,
            events.state(outcome, lineage.state(adapter).orElse(null), now)));
    records.add(outbox.keyed(wiring.topics().reports(), adapter, events.report(outcome, now)));
    records.addAll(refused(outcome.shares().refused(), now));
    return records;
  }

  /** Of refused records alone. */
  List<ProducerRecord<byte[], byte[]>> refused(List<RefusedRecord> refused, Instant now) {
    return refused.stream().map(one -> rejection(one, now)).toList();
  }

  private ProducerRecord<byte[], byte[]> rejection(RefusedRecord refused, Instant now) {
    return outbox.refused(
        wiring.topics().rejected(),
        rejections.of(refused.raw(), refused.claimant(), refused.refusal(), now));
  }
}
