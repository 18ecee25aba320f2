package io.alluvium.trainer.train.order;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.trainer.publish.RecordSerializer;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.round.order.AnswerWriter;
import io.alluvium.trainer.round.order.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records that answers consist of.
 *
 * @param topics where they go
 * @param writer makes events of answers
 * @param serializer makes bytes of events
 * @param lineage what the log says of adapters
 */
public record Answers(
    Topics topics, AnswerWriter writer, RecordSerializer serializer, Lineage lineage) {

  /** Of orders that are obeyed by a state alone: one for each adapter. */
  public List<ProducerRecord<byte[], byte[]>> noted(List<OrderDesk.Due> due, Instant now) {
    return due.stream().map(one -> state(noted(one, now))).toList();
  }

  private AdapterState noted(OrderDesk.Due due, Instant now) {
    AdapterState before = before(due.adapter());
    Order order = due.order();
    if (order.isPause()) {
      return writer.paused(before, due.adapter(), order, now);
    }
    return order.isErasure()
        ? writer.erased(before, due.adapter(), order, now)
        : writer.flagged(before, order, now);
  }

  /** Of an order that cannot be obeyed. */
  public List<ProducerRecord<byte[], byte[]>> refused(Order order, String why, Instant now) {
    return List.of(state(writer.refused(before(order.command().getAdapter()), order, why, now)));
  }

  /** Of a rollback: its event, the state, and what streams-app must forget. */
  public List<ProducerRecord<byte[], byte[]>> rolledBack(
      Order order, Finding.Possible found, AnswerWriter.Seat seat, Instant now) {
    String adapter = order.command().getAdapter();
    AdapterVersion event = writer.event(order, found, seat, now);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(serializer.keyed(topics.versions(), adapter, event));
    records.add(state(writer.rolledBack(before(adapter), order, event, now)));
    writer
        .erasures(order, found, now)
        .forEach(erase -> records.add(serializer.keyed(topics.commands(), adapter, erase)));
    return records;
  }

  private ProducerRecord<byte[], byte[]> state(AdapterState state) {
    return serializer.keyed(topics.adapters(), state.getAdapter(), state);
  }

  private @Nullable AdapterState before(String adapter) {
    return lineage.state(adapter).orElse(null);
  }
}
