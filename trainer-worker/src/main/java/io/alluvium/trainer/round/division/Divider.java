package io.alluvium.trainer.round.division;

import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.dataset.Itemized;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.round.division.Division.Part;
import io.alluvium.trainer.round.outcome.RefusedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns records into items and splits them. Pure. */
public record Divider(ItemMaker items, HeldOut heldOut) {

  /**
   * Divides a window's records; each is in exactly one part. Nothing is made of what orders to
   * erase mean: it is refused.
   */
  public Division divide(List<Entry> entries, Erasures erasures) {
    Map<Boolean, List<Entry>> byErased =
        entries.stream().collect(Collectors.partitioningBy(erasures::mean));
    return divide(byErased.getOrDefault(false, List.of()))
        .withRefused(byErased.getOrDefault(true, List.of()), Refusal.erased());
  }

  /** The same where no order means anything. */
  public Division divide(List<Entry> entries) {
    List<Part> training = new ArrayList<>();
    List<Part> kept = new ArrayList<>();
    List<RefusedRecord> refused = new ArrayList<>();
    for (Entry entry : entries) {
      Itemized itemized = items.make(entry.sent(), entry.example().getWeight());
      if (itemized instanceof Itemized.Usable usable) {
        (heldOut.holds(entry.id()) ? kept : training).add(new Part(entry, usable.item()));
      } else {
        refused.add(Division.refusal(entry, ((Itemized.Unusable) itemized).refusal()));
      }
    }
    return new Division(training, kept, refused);
  }
}
