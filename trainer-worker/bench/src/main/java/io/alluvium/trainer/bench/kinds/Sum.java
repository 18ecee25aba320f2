package io.alluvium.trainer.bench.kinds;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two published deltas added up exactly: LoRA of both ranks, with the rows of one A below those of
 * the other and the columns of one B beside those of the other.
 */
final class Sum {
  private Sum() {}

  /** The sum of two adapters of one shape; the caller closes it. */
  static LoraWeights of(LoraWeights one, LoraWeights other, Path work) throws IOException {
    DecoderConfig base = one.base();
    try (LoraWeights left = published(one, work.resolve("one"));
        LoraWeights right = published(other, work.resolve("other"))) {
      List<float[]> values = new ArrayList<>();
      for (int n = 0; n < left.slots().size(); n += 2) {
        values.add(joined(left, right, n, left.slots().get(n).part().elements()));
        values.add(joined(left, right, n + 1, (int) left.slots().get(n + 1).columns()));
      }
      return LoraWeights.of(base, twice(left.spec()), values);
    }
  }

  private static LoraWeights published(LoraWeights adapter, Path folder) throws IOException {
    PeftFolder.write(Files.createDirectories(folder), adapter, "base");
    return PeftFolder.read(folder, adapter.base());
  }

  /** Pieces of that length, in turns of both. */
  private static float[] joined(LoraWeights left, LoraWeights right, int slot, int piece) {
    float[] one = left.tensors().tensors().get(slot).floats();
    float[] other = right.tensors().tensors().get(slot).floats();
    float[] both = new float[one.length + other.length];
    for (int at = 0; at < one.length; at += piece) {
      System.arraycopy(one, at, both, 2 * at, piece);
      System.arraycopy(other, at, both, 2 * at + piece, piece);
    }
    return both;
  }

  private static LoraSpec twice(LoraSpec spec) {
    return new LoraSpec(
        2 * spec.rank(), 2 * spec.alpha(), spec.targets(), spec.kind(), spec.patterns().times(2));
  }
}
