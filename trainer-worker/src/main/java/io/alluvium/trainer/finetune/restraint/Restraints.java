package io.alluvium.trainer.finetune.restraint;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.finetune.method.WeightMethod;
import io.alluvium.trainer.finetune.method.WeightMethod.Part;
import io.alluvium.trainer.finetune.method.WeightMethod.Restraint;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the trained tensors of a round are held: where, how firmly, and which of them learn. Owns how
 * firmly.
 *
 * @param at the parent's values; the parent outlives this
 * @param stiff one value or one for each element
 * @param free 1 for each that learns, 0 for each that rests
 */
@SuppressWarnings("ArrayRecordComponent") // an argument of the program
public record Restraints(List<NativeTensor> at, List<NativeTensor> stiff, long[] free)
    implements AutoCloseable {
  /** Nothing is held. */
  public static final Restraints NONE = new Restraints(List.of(), List.of(), new long[0]);

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
    for (int n = 0; n < all.size(); n++) {
      float[] values = all.get(n).stiffness();
      long rows = parent.adapter().trainedSlots().get(n).rows();
      stiff.add(
          values.length == 1
              ? NativeTensor.of(values, 1, 1)
              : NativeTensor.of(values, rows, values.length / rows));
    }
    long[] free = all.stream().mapToLong(each -> each.part() == Part.LEARNS ? 1 : 0).toArray();
    return new Restraints(at, stiff, free);
  }

  @Override
  public void close() {
    stiff.forEach(NativeTensor::close);
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
