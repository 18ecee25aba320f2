package io.alluvium.trainer.base.lora;

import io.alluvium.trainer.base.folder.DecoderConfig;
import java.util.List;

/**
 * What an adapter adapts: W·x becomes W·x + (alpha / rank)·B·A·x (Hu et al. 2021, LoRA).
 *
 * @param rank inner width, at least 1
 * @param alpha numerator of the scale, above 0
 * @param targets adapted linears out of {@link DecoderConfig#LINEARS}, in that order
 */
public record LoraSpec(int rank, double alpha, List<String> targets) {

  /** Checks the values and puts the targets in program order. */
  public LoraSpec {
    require(rank >= 1, "rank " + rank + ", want 1 or more");
    require(alpha > 0 && Double.isFinite(alpha), "alpha " + alpha + ", want a positive number");
    for (String target : targets) {
      require(
          DecoderConfig.LINEARS.contains(target),
          "target '" + target + "', known: " + DecoderConfig.LINEARS);
    }
    require(!targets.isEmpty(), "targets are empty, known: " + DecoderConfig.LINEARS);
    targets = DecoderConfig.LINEARS.stream().filter(targets::contains).toList();
  }

  /** Factor of B·A. */
  public double scale() {
    return alpha / rank;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
