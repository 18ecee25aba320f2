package io.alluvium.cli.explain.version;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import java.util.List;
import java.util.Optional;

/**
 * What a version was made of.
 *
 * @param chain the version and what it comes from
 * @param mix its window
 * @param samples a few held-out records of its window that the log still has
 * @param settings how it was trained; empty where no configuration of its digest is at hand
 */
public record VersionStory(
    Chain chain, WindowMix mix, List<Entry> samples, Optional<FineTuneConfig> settings) {
  /** The version's event. */
  public AdapterVersion event() {
    return chain.event();
  }
}
