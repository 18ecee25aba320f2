package io.alluvium.trainer.finetune.anchor;

import ai.djl.pytorch.jni.NativeTensor;
import java.util.List;
import java.util.stream.Stream;

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

  /** These and others behind them. */
  public AnchorBatch and(AnchorBatch others) {
    return new AnchorBatch(joined(inputs, others.inputs), joined(states, others.states));
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** Some of them, by number. */
  public AnchorBatch only(List<Integer> chosen) {
    return new AnchorBatch(
        chosen.stream().map(inputs::get).toList(), chosen.stream().map(states::get).toList());
  }
}
