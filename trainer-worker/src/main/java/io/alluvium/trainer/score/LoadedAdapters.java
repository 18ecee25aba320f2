package io.alluvium.trainer.score;

import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.lora.LoraWeights;
import io.alluvium.trainer.base.lora.PeftFolder;
import io.alluvium.trainer.score.CurrentAdapters.Current;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adapters in memory: those used last, up to a bound. Owns their native memory. */
final class LoadedAdapters implements AutoCloseable {
  private static final int KEPT = 32;

  private final Decoder decoder;
  private final Map<Current, LoraWeights> loaded = new LinkedHashMap<>(KEPT, 0.75f, true);

  LoadedAdapters(Decoder decoder) {
    this.decoder = decoder;
  }

  /** The weights of a version; they stay valid until the next call. */
  LoraWeights of(Current adapter) throws IOException {
    LoraWeights weights = loaded.get(adapter);
    if (weights == null) {
      weights = PeftFolder.read(Path.of(URI.create(adapter.artifactUri())), decoder.config());
      loaded.put(adapter, weights);
      forgetOldest();
    }
    return weights;
  }

  @Override
  public void close() {
    loaded.values().forEach(LoraWeights::close);
    loaded.clear();
  }

  private void forgetOldest() {
    Iterator<LoraWeights> oldest = loaded.values().iterator();
    if (loaded.size() > KEPT) {
      oldest.next().close();
      oldest.remove();
    }
  }
}
