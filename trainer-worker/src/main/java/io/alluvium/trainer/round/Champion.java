package io.alluvium.trainer.round;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import io.alluvium.trainer.base.lora.LoraSpec;
import io.alluvium.trainer.base.lora.LoraWeights;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a round starts from and what its candidate is held against. Owns both.
 *
 * <p>They are the same but for one case: after a change of the configured shape the released
 * adapter still defends its place, while training starts fresh.
 */
final class Champion implements AutoCloseable {
  private final TrainingState parent;
  private final @Nullable LoraWeights served;
  private final @Nullable Long parentVersion;

  private Champion(
      TrainingState parent, @Nullable LoraWeights served, @Nullable Long parentVersion) {
    this.parent = parent;
    this.served = served;
    this.parentVersion = parentVersion;
  }

  /** Nothing is released yet: the base defends its place. */
  static Champion none(TrainingState fresh) {
    return new Champion(fresh, null, null);
  }

  /** Training goes on from what is released. */
  static Champion continued(TrainingState released, long version) {
    return new Champion(released, released.adapter(), version);
  }

  /** Training starts fresh against what is released. */
  static Champion replaced(LoraWeights released, TrainingState fresh) {
    return new Champion(fresh, released, null);
  }

  /** Whether a released version belongs to the base in use. */
  static boolean servable(AdapterVersion released, String baseDigest) {
    return released.getBase().getDigest().equals(baseDigest);
  }

  /** Whether a released version has the configured shape. */
  static boolean continuable(AdapterVersion released, LoraSpec spec, DecoderConfig base) {
    LoraSpec published = spec.published(base);
    return released.getRank() == published.rank()
        && released.getAlpha() == published.alpha()
        && released.getTargets().equals(published.named())
        && released.getKind().equals(spec.describe());
  }

  /** The version that a round of this plan starts from. */
  static @Nullable Long parentVersion(
      WindowPlan.Round round, String baseDigest, LoraSpec spec, DecoderConfig base) {
    AdapterVersion released = round.champion();
    return released != null && servable(released, baseDigest) && continuable(released, spec, base)
        ? (Long) released.getVersion()
        : null;
  }

  static Artifact artifact(AdapterVersion released) {
    return Objects.requireNonNull(released.getArtifact(), "a released version has an artifact");
  }

  TrainingState parent() {
    return parent;
  }

  /** The adapter that is served now; null where it is the base alone. */
  @Nullable LoraWeights served() {
    return served;
  }

  @Nullable Long parentVersion() {
    return parentVersion;
  }

  @Override
  public void close() {
    parent.close();
    if (served != null) {
      served.close();
    }
  }
}
