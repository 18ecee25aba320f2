package io.alluvium.trainer;

import io.alluvium.schemas.OffsetRange;
import io.alluvium.trainer.publish.Lineage;
import io.alluvium.trainer.publish.Outbox;
import io.alluvium.trainer.publish.Rejections;
import io.alluvium.trainer.round.EventWriter;
import io.alluvium.trainer.round.RefusedRecord;
import io.alluvium.trainer.round.RoundOutcome;
import io.alluvium.trainer.round.WindowPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records that one window's transaction consists of. */
final class RoundRecords {
  private final Wiring wiring;
  private final EventWriter events;
  private final Outbox outbox;
  private final Rejections rejections = new Rejections("train", Wiring.BUILD);

  RoundRecords(Wiring wiring, EventWriter events) {
    this.wiring = wiring;
    this.events = events;
    this.outbox = wiring.outbox();
  }

  List<ProducerRecord<byte[], byte[]>> of(
      WindowPlan plan, List<RoundOutcome> outcomes, Lineage lineage, Instant now) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    OffsetRange range = events.range(plan);
    for (RoundOutcome outcome : outcomes) {
      String adapter = outcome.round().adapter();
      records.add(
          outbox.keyed(wiring.topics().versions(), adapter, events.version(outcome, range, now)));
      records.add(
          outbox.keyed(
              wiring.topics().adapters(),
              adapter,
              events.state(outcome, lineage.state(adapter).orElse(null), now)));
      records.add(
          outbox.keyed(wiring.topics().reports(), adapter, events.report(outcome, range, now)));
    }
    refused(plan, outcomes).map(refused -> rejection(refused, now)).forEach(records::add);
    return records;
  }

  static Stream<RefusedRecord> refused(WindowPlan plan, List<RoundOutcome> outcomes) {
    return Stream.concat(
        plan.refused().stream(),
        outcomes.stream().flatMap(outcome -> outcome.shares().refused().stream()));
  }

  private ProducerRecord<byte[], byte[]> rejection(RefusedRecord refused, Instant now) {
    return outbox.raw(
        wiring.topics().rejected(),
        refused.incoming().raw().key(),
        rejections.of(refused.incoming().raw(), refused.claimant(), refused.refusal(), now));
  }
}
