package io.alluvium.trainer.round.start;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.adapter.BadAdapterException;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.publish.store.BrokenArtifactException;
import io.alluvium.trainer.round.outcome.RoundOutcome.Origin;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.round.past.BestSkills;
import io.alluvium.trainer.round.past.OwnPast;
import io.alluvium.trainer.round.past.PastFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a round starts from: the head of the adapter's line of training, or the released
 * version, or a fresh adapter where neither has the configured shape.
 *
 * @param base shape of the base
 * @param digest the base's digest
 * @param spec shape of adapters
 * @param store of folders
 */
public record Starter(DecoderConfig base, String digest, LoraSpec spec, ArtifactStore store) {

  /** Whether an event's folders belong to the base in use. */
  boolean servable(@Nullable AdapterVersion event) {
    return event != null && event.getBase().getDigest().equals(digest);
  }

  /** Whether an event's folders have the configured shape. */
  public boolean continuable(AdapterVersion event) {
    LoraSpec published = spec.published(base);
    return event.getRank() == published.rank()
        && event.getAlpha() == published.alpha()
        && event.getTargets().equals(published.named())
        && event.getKind().equals(spec.describe());
  }

  /** The head that the next round may go on from; null where there is none of this shape. */
  public @Nullable AdapterVersion head(RoundPlan plan) {
    AdapterVersion head = plan.line().head();
    return head != null && servable(head) && continuable(head) ? head : null;
  }

  /** Where a round of this plan comes from, if nothing is damaged. */
  public Origin origin(RoundPlan plan) {
    AdapterVersion head = head(plan);
    if (head != null) {
      return new Origin(head.getParentVersion(), head.getVersion());
    }
    AdapterVersion released = plan.line().champion();
    return released != null && servable(released) && continuable(released)
        ? new Origin(released.getVersion(), null)
        : Origin.FRESH;
  }

  /**
   * Opens what the round starts from.
   *
   * @param fresh makes an adapter that nothing was learned by
   * @throws BrokenArtifactException or {@link BadAdapterException} when the released version is
   *     damaged
   */
  public StartingPoint start(RoundPlan plan, Supplier<TrainingState> fresh) throws IOException {
    AdapterVersion released = plan.line().champion();
    Path folder = released == null || !servable(released) ? null : released(released);
    String key = folder == null ? digest : key(artifact(released));
    List<String> remarks = new ArrayList<>();
    OwnPast past = folder == null ? OwnPast.NONE : PastFile.read(folder);
    BestSkills best = folder == null ? BestSkills.NONE : PastFile.skills(folder);
    TrainingState head = head(plan, remarks);
    if (head != null) {
      return new StartingPoint(
          head, headKey(plan), served(folder), key, origin(plan), past, best, remarks);
    }
    if (folder != null && released != null && continuable(released)) {
      TrainingState parent = TrainingState.read(folder, base, spec);
      Origin origin = new Origin(released.getVersion(), null);
      return new StartingPoint(parent, key, parent.adapter(), key, origin, past, best, remarks);
    }
    return new StartingPoint(
        fresh.get(), digest, served(folder), key, Origin.FRESH, past, best, remarks);
  }

  /** A damaged head costs what it learned since the release, and no more. */
  private @Nullable TrainingState head(RoundPlan plan, List<String> remarks) throws IOException {
    AdapterVersion head = head(plan);
    if (head == null) {
      return null;
    }
    try {
      return TrainingState.read(store.verify(folder(head)), base, spec);
    } catch (BrokenArtifactException | BadAdapterException damaged) {
      remarks.add(
          "the head of version %d is damaged (%s): training went back to the released version"
              .formatted(head.getVersion(), damaged.getMessage()));
      return null;
    }
  }

  private String headKey(RoundPlan plan) {
    return key(folder(Objects.requireNonNull(head(plan), "there is a head")));
  }

  private static Artifact folder(AdapterVersion head) {
    return Objects.requireNonNull(head.getHead(), "the event names a head");
  }

  /** Names a released adapter for good: its folder is named by its content. */
  public static String key(Artifact artifact) {
    return artifact.getUri();
  }

  private Path released(AdapterVersion event) throws IOException {
    return store.verify(artifact(event));
  }

  private static Artifact artifact(@Nullable AdapterVersion event) {
    AdapterVersion released = Objects.requireNonNull(event, "there is a released version");
    return Objects.requireNonNull(released.getArtifact(), "a released version has an artifact");
  }

  private @Nullable LoraWeights served(@Nullable Path folder) throws IOException {
    return folder == null ? null : PeftFolder.read(folder, base);
  }
}
