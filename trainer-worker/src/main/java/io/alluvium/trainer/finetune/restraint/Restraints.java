package io.alluvium.trainer.finetune.restraint;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.finetune.method.WeightMethod;
import io.alluvium.trainer.finetune.method.WeightMethod.Restraint;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the trained tensors of a round are held: where they are held, how firmly, and how much of
 * their gradient is left. Owns what is neither the parent's nor empty.
 *
 * @param at the parent's values; the parent outlives this
 * @param stiff one value or one for each element
 * @param free one value each
 */
public record Restraints(List<NativeTensor> at, List<NativeTensor> stiff, List<NativeTensor> free)
    implements AutoCloseable {
  /** Nothing is held. */
  public static final Restraints NONE = new Restraints(List.of(), List.of(), List.of());

  /**
   * Those of a round.
   *
   * @param methods that hold; none for no restraint
   * @param seed of what they draw
   */
  public static Restraints of(List<WeightMethod> methods, TrainingState parent, long seed) {
    if (methods.isEmpty()) {
      return NONE;
    }
    List<Restraint> all = joined(methods, parent, seed);
    List<NativeTensor> at = parent.adapter().trained();
    List<NativeTensor> stiff = new ArrayList<>();
    List<NativeTensor> free = new ArrayList<>();
    for (int n = 0; n < all.size(); n++) {
      float[] values = all.get(n).stiffness();
      long rows = parent.adapter().trainedSlots().get(n).rows();
      stiff.add(
          values.length == 1
              ? NativeTensor.of(values, 1, 1)
              : NativeTensor.of(values, rows, values.length / rows));
      free.add(NativeTensor.of(new float[] {all.get(n).free()}, 1, 1));
    }
    return new Restraints(at, stiff, free);
  }

  @Override
  public void close() {
    stiff.forEach(NativeTensor::close);
    free.forEach(NativeTensor::close);
  }

  private static List<Restraint> joined(
      List<WeightMethod> methods, TrainingState parent, long seed) {
    List<Restraint> all = methods.get(0).restraints(parent, seed);
    for (WeightMethod next : methods.subList(1, methods.size())) {
      List<Restraint> before = all;
      List<Restraint> added = next.restraints(parent, seed);
      all =
          IntStream.range(0, added.size()).mapToObj(n -> before.get(n).with(added.get(n))).toList();
    }
    return all;
  }
}
