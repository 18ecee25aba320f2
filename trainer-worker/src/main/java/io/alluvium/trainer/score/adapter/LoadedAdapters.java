package io.alluvium.trainer.score.adapter;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.publish.store.BrokenArtifactException;
import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adapters in memory: those used last, up to a bound. Owns their native memory. For the tensor
 * thread.
 */
public final class LoadedAdapters implements AutoCloseable {
  private static final int KEPT = 32;

  private final Decoder decoder;
  private final Unreadable unreadable;
  private final Map<Current, LoraWeights> loaded = new LinkedHashMap<>(KEPT, 0.75f, true);

  /** Loads adapters of a decoder that stays the caller's. */
  public LoadedAdapters(Decoder decoder, Clock clock) {
    this.decoder = decoder;
    this.unreadable = new Unreadable(clock);
  }

  /**
   * The weights of an adapter's version; they stay valid until the next call. Empty where its
   * artifact is missing or damaged: it is tried again after a while, another version at once.
   */
  public Optional<LoraWeights> of(String adapter, Current version) {
    LoraWeights weights = loaded.get(version);
    if (weights == null && unreadable.mayTry(adapter, version)) {
      weights = read(adapter, version);
    }
    return Optional.ofNullable(weights);
  }

  /** How many adapters cannot be read now. For any thread. */
  public int unreadable() {
    return unreadable.count();
  }

  @Override
  public void close() {
    loaded.values().forEach(LoraWeights::close);
    loaded.clear();
  }

  /** One tenant's damaged folder is no reason to stop scoring for all. */
  private @Nullable LoraWeights read(String adapter, Current version) {
    try {
      URI uri = URI.create(version.artifactUri());
      LoraWeights weights = PeftFolder.read(ArtifactStore.intact(uri), decoder.config());
      loaded.put(version, weights);
      forgetOldest();
      unreadable.isRead(adapter);
      return weights;
    } catch (IOException | BrokenArtifactException | IllegalArgumentException damaged) {
      unreadable.isNot(adapter, version, damaged);
      return null;
    }
  }

  private void forgetOldest() {
    Iterator<LoraWeights> oldest = loaded.values().iterator();
    if (loaded.size() > KEPT) {
      oldest.next().close();
      oldest.remove();
    }
  }
}
