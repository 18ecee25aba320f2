package io.alluvium.trainer.score;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.publish.Rejections.Claimant;
import io.alluvium.trainer.score.scorer.Scored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records that are scored and committed together: consecutive ones of one choice.
 *
 * @param entries in the order of the choice
 */
record ScoreBatch(List<Entry> entries) {

  /** What became of one record before the model sees it. */
  sealed interface Entry {
    /** The record as it came. */
    ConsumerRecord<byte[], byte[]> record();

    /** To be scored. */
    record Ready(
        ConsumerRecord<byte[], byte[]> record, TrainingExample example, TokenSequence tokens)
        implements Entry {}

    /** Refused. */
    record Refused(ConsumerRecord<byte[], byte[]> record, Claimant claimant, Refusal refusal)
        implements Entry {}
  }

  /** Cuts a choice so that no batch has more tokens than the budget, or else one record. */
  static List<ScoreBatch> cut(List<Entry> entries, int tokenBudget) {
    List<ScoreBatch> batches = new ArrayList<>();
    List<Entry> open = new ArrayList<>();
    long tokens = 0;
    for (Entry entry : entries) {
      int more = entry instanceof Entry.Ready ready ? ready.tokens().length() : 0;
      if (!open.isEmpty() && tokens + more > tokenBudget) {
        batches.add(new ScoreBatch(List.copyOf(open)));
        open.clear();
        tokens = 0;
      }
      open.add(entry);
      tokens += more;
    }
    if (!open.isEmpty()) {
      batches.add(new ScoreBatch(List.copyOf(open)));
    }
    return batches;
  }

  List<Entry.Ready> ready() {
    return entries.stream()
        .filter(Entry.Ready.class::isInstance)
        .map(Entry.Ready.class::cast)
        .toList();
  }

  List<Entry.Refused> refused() {
    return entries.stream()
        .filter(Entry.Refused.class::isInstance)
        .map(Entry.Refused.class::cast)
        .toList();
  }

  /**
   * The same with those refused that the model could not score.
   *
   * @param scored one for each that was ready, in order
   */
  ScoreBatch after(List<Scored> scored) {
    Iterator<Scored> next = scored.iterator();
    return new ScoreBatch(
        entries.stream()
            .map(entry -> entry instanceof Entry.Ready ready ? after(ready, next.next()) : entry)
            .toList());
  }

  private static Entry after(Entry.Ready ready, Scored scored) {
    return scored instanceof Scored.Unscorable unscorable
        ? new Entry.Refused(
            ready.record(),
            new Claimant(ready.example().getAdapter(), ready.example().getId()),
            unscorable.refusal())
        : ready;
  }

  Set<Integer> partitions() {
    return entries.stream().map(entry -> entry.record().partition()).collect(Collectors.toSet());
  }

  List<Place> places() {
    return entries.stream()
        .map(entry -> new Place(entry.record().partition(), entry.record().offset()))
        .toList();
  }

  long tokens() {
    return ready().stream().mapToLong(ready -> ready.tokens().length()).sum();
  }
}
