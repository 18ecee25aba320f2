package io.alluvium.trainer.base.lora;

import io.alluvium.trainer.base.folder.architecture.Layout;
import java.util.List;

/**
 * What an adapter adapts: W·x becomes W·x + (alpha / rank)·B·A·x (Hu et al. 2021, LoRA).
 *
 * @param rank inner width, at least 1
 * @param alpha numerator of the scale, above 0
 * @param targets adapted linears out of {@link Layout#names}, in that order; as in PEFT the last
 *     part of a dotted name stands for all that end so
 */
public record LoraSpec(int rank, double alpha, List<String> targets) {

  /** Checks the values and puts the targets in program order. */
  public LoraSpec {
    require(rank >= 1, "rank " + rank + ", want 1 or more");
    require(alpha > 0 && Double.isFinite(alpha), "alpha " + alpha + ", want a positive number");
    for (String target : targets) {
      require(
          Layout.names().stream().anyMatch(name -> names(target, name)),
          "target '" + target + "', known: " + Layout.names());
    }
    require(!targets.isEmpty(), "targets are empty, known: " + Layout.names());
    List<String> given = targets;
    targets =
        Layout.names().stream()
            .filter(name -> given.stream().anyMatch(target -> names(target, name)))
            .toList();
  }

  /** Factor of B·A. */
  public double scale() {
    return alpha / rank;
  }

  private static boolean names(String target, String linear) {
    return linear.equals(target) || linear.endsWith("." + target);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
