package io.alluvium.cli.order.erasure;

import io.alluvium.cli.explain.record.Fate;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Outcome;
import io.alluvium.trainer.publish.order.Flags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What some records left in an adapter's versions. Pure.
 *
 * @param adapter whose
 * @param steps versions that learned from the records, were judged by them in their own round, or
 *     come from one that learned
 * @param current the version that is served; null before the first
 * @param isInUse whether the current version, or what training goes on from, learned from them
 * @param clean the newest released version that did not; null without one
 */
record Trace(
    String adapter,
    List<Step> steps,
    @Nullable Long current,
    boolean isInUse,
    @Nullable Long clean) {

  /**
   * One version.
   *
   * @param event its event
   * @param trained how many of the records it was trained on
   * @param judged how many of them judged it
   * @param from the version that it comes from, where that learned from them; null otherwise
   */
  record Step(AdapterVersion event, long trained, long judged, @Nullable Long from) {
    /** Whether its weights come from the records. */
    boolean learned() {
      return trained > 0 || from != null;
    }

    /** Whether there are weights: a version that was refused left none. */
    boolean isFlagged() {
      return learned() && (event.getArtifact() != null || event.getHead() != null);
    }
  }

  /**
   * Follows the records through an adapter's history.
   *
   * @param events all of the adapter, oldest first
   * @param fates of the records, each once
   */
  static Trace of(List<AdapterVersion> events, Collection<? extends Fate> fates) {
    List<Step> steps = new ArrayList<>();
    Set<Long> learned = new HashSet<>();
    Long current = null;
    Long clean = null;
    for (AdapterVersion event : events) {
      Step step = step(event, fates, learned);
      if (step.learned()) {
        learned.add(event.getVersion());
      }
      if (step.learned() || step.judged() > 0) {
        steps.add(step);
      }
      if (event.getOutcome() == Outcome.RELEASED) {
        current = event.getVersion();
        clean = step.learned() ? clean : current;
      } else if (event.getOutcome() == Outcome.ROLLED_BACK) {
        current = event.getParentVersion();
      }
    }
    AdapterVersion last = events.get(events.size() - 1);
    Artifact head = last.getHead();
    boolean isHead = head != null && learned.contains(last.getVersion());
    return new Trace(
        last.getAdapter(),
        List.copyOf(steps),
        current,
        isHead || (current != null && learned.contains(current)),
        clean);
  }

  private static Step step(
      AdapterVersion event, Collection<? extends Fate> fates, Set<Long> learned) {
    Long from =
        Objects.requireNonNullElse(
            event.getTrainedFrom(), Objects.requireNonNullElse(event.getParentVersion(), 0L));
    return new Step(
        event,
        count(event, fates, Fate.Trained.class) + count(event, fates, Fate.EitherWay.class),
        count(event, fates, Fate.HeldOut.class),
        learned.contains(from) ? from : null);
  }

  private static long count(
      AdapterVersion event, Collection<? extends Fate> fates, Class<? extends Fate.Taken> kind) {
    return fates.stream()
        .filter(kind::isInstance)
        .filter(fate -> kind.cast(fate).event().getVersion() == event.getVersion())
        .count();
  }

  /** Versions that carry what was learned. */
  Flags flags() {
    return Flags.of(
        steps.stream().filter(Step::isFlagged).map(step -> step.event().getVersion()).toList());
  }

  /** The command that goes back to before the records; null where nothing has to, or can. */
  @Nullable String next() {
    return isInUse && clean != null
        ? "alluvium rollback --adapter %s --to %d --records keep --reason erasure"
            .formatted(adapter, clean)
        : null;
  }
}
