package io.alluvium.trainer.finetune.anchor;

import ai.djl.pytorch.jni.NativeTensor;
import java.util.List;

/**
 * Anchors with what the base makes of them.
 *
 * @param inputs their tokens but the last
 * @param states the base's last hidden states on them, positions x hidden each; not owned
 */
public record AnchorBatch(List<int[]> inputs, List<NativeTensor> states) {
  /** No anchors. */
  public static final AnchorBatch NONE = new AnchorBatch(List.of(), List.of());

  /** Positions of all anchors together. */
  public int positions() {
    return inputs.stream().mapToInt(input -> input.length).sum();
  }

  /** Some of them, by number. */
  public AnchorBatch only(List<Integer> chosen) {
    return new AnchorBatch(
        chosen.stream().map(inputs::get).toList(), chosen.stream().map(states::get).toList());
  }
}
