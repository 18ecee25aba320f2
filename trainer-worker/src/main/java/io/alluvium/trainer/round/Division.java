package io.alluvium.trainer.round;

import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.publish.Rejections.Claimant;
import io.alluvium.trainer.round.WindowPlan.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A round's records, each in exactly one part.
 *
 * @param training to train on
 * @param heldOut for the gate only
 * @param refused not usable
 */
record Division(List<Part> training, List<Part> heldOut, List<RefusedRecord> refused) {

  /** A record with what it became. */
  record Part(Entry entry, TrainingItem item) {}

  List<TrainingItem> items(List<Part> parts) {
    return parts.stream().map(Part::item).toList();
  }

  /** The same with suspects of the training part refused. */
  Division without(Set<String> suspectIds, String reason) {
    List<RefusedRecord> more = new ArrayList<>(refused);
    List<Part> kept = new ArrayList<>();
    for (Part part : training) {
      if (suspectIds.contains(part.item().id())) {
        more.add(refusal(part.entry(), new Refusal(Reason.DIVERGED, reason)));
      } else {
        kept.add(part);
      }
    }
    return new Division(kept, heldOut, more);
  }

  RoundOutcome.Shares shares() {
    return new RoundOutcome.Shares(
        training.stream().map(Part::entry).toList(),
        heldOut.stream().map(Part::entry).toList(),
        List.copyOf(refused),
        training.stream().mapToLong(part -> part.item().tokens().length()).sum());
  }

  static RefusedRecord refusal(Entry entry, Refusal refusal) {
    String adapter = entry.example().getScored().getExample().getAdapter();
    return new RefusedRecord(entry.incoming(), new Claimant(adapter, entry.id()), refusal);
  }
}
