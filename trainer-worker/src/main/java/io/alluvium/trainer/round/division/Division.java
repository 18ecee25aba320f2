package io.alluvium.trainer.round.division;

import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.publish.Rejections.Claimant;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.publish.order.Quarantine;
import io.alluvium.trainer.round.outcome.RefusedRecord;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A round's records, each in exactly one part.
 *
 * @param training to train on
 * @param heldOut for the gate only
 * @param refused not usable
 */
public record Division(List<Part> training, List<Part> heldOut, List<RefusedRecord> refused) {

  /** A record with what it became. */
  public record Part(Entry entry, TrainingItem item) {}

  /** The items of these parts. */
  public List<TrainingItem> items(List<Part> parts) {
    return parts.stream().map(Part::item).toList();
  }

  /** The groups that fresh records of the training part are of; replays teach nothing new. */
  public Set<String> groupsTaught() {
    return training.stream()
        .map(Part::entry)
        .filter(entry -> entry.example().getReplayOf() == null)
        .map(Entry::group)
        .collect(Collectors.toSet());
  }

  /**
   * A division that uses nothing.
   *
   * @param erasures what is refused for being erased, and not for this
   */
  public static Division allRefused(List<Entry> entries, Erasures erasures, Refusal refusal) {
    return new Division(
        List.of(),
        List.of(),
        entries.stream()
            .map(entry -> refusal(entry, erasures.mean(entry) ? Refusal.erased() : refusal))
            .toList());
  }

  /** The same with suspects of the training part refused. */
  public Division without(Set<String> suspectIds, String reason) {
    Refusal refusal = new Refusal(Reason.DIVERGED, reason);
    return without(suspectIds.stream().collect(Collectors.toMap(id -> id, id -> refusal)));
  }

  /** The same with those records of the training part refused that steps broke on. */
  public Division withoutQuarantined(List<Culprit> culprits) {
    Map<String, Refusal> refusals = new HashMap<>();
    for (Culprit culprit : culprits) {
      refusals.put(culprit.id(), new Refusal(Reason.QUARANTINED, culprit.evidence()));
    }
    return without(refusals);
  }

  /** The same with replays refused whose examples a rollback took out of use. */
  public Division withoutRolledBack(Quarantine out) {
    Refusal refusal =
        new Refusal(
            Reason.ROLLED_BACK,
            "it replays an example that was rolled back: produce it again if it is wanted");
    List<RefusedRecord> more = new ArrayList<>(refused);
    Stream.concat(training.stream(), heldOut.stream())
        .filter(part -> out.refuses(part.entry().example()))
        .forEach(part -> more.add(refusal(part.entry(), refusal)));
    return more.size() == refused.size()
        ? this
        : new Division(inUse(training, out), inUse(heldOut, out), more);
  }

  /** The same with other records refused, which are in none of its parts. */
  Division withRefused(List<Entry> entries, Refusal refusal) {
    List<RefusedRecord> more = new ArrayList<>(refused);
    entries.forEach(entry -> more.add(refusal(entry, refusal)));
    return new Division(training, heldOut, more);
  }

  private static List<Part> inUse(List<Part> parts, Quarantine out) {
    return parts.stream().filter(part -> !out.refuses(part.entry().example())).toList();
  }

  private Division without(Map<String, Refusal> refusals) {
    List<RefusedRecord> more = new ArrayList<>(refused);
    List<Part> kept = new ArrayList<>();
    for (Part part : training) {
      Refusal refusal = refusals.get(part.item().id());
      if (refusal == null) {
        kept.add(part);
      } else {
        more.add(refusal(part.entry(), refusal));
      }
    }
    return new Division(kept, heldOut, more);
  }

  /** The three parts as an outcome tells them. */
  public RoundOutcome.Shares shares() {
    return new RoundOutcome.Shares(
        training.stream().map(Part::entry).toList(),
        heldOut.stream().map(Part::entry).toList(),
        List.copyOf(refused),
        training.stream().mapToLong(part -> part.item().tokens().length()).sum());
  }

  static RefusedRecord refusal(Entry entry, Refusal refusal) {
    return new RefusedRecord(entry.raw(), new Claimant(entry.adapter(), entry.id()), refusal);
  }
}
