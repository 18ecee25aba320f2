package io.alluvium.trainer.finetune.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds the fewest elements without which a group is well, by halving it: of two halves the worse
 * one is halved again until a single element is left; that one is taken out, and the rest measured
 * again. One culprit costs about twice what measuring the group costs.
 *
 * @param badness of a group, not NaN; equal groups must measure equal
 * @param limit above this a group is bad
 */
public record Bisection<T>(ToDoubleFunction<List<T>> badness, double limit) {

  /**
   * Culprits of a bad group, the worst first.
   *
   * @param most how many are looked for
   * @return at most {@code most}; or one more, when taking those out did not make the rest well
   */
  public List<T> culprits(List<T> group, int most) {
    List<T> rest = new ArrayList<>(group);
    List<T> found = new ArrayList<>();
    do {
      T worst = worst(rest);
      found.add(worst);
      rest.remove(worst);
    } while (found.size() <= most && !rest.isEmpty() && badness.applyAsDouble(rest) > limit);
    return found;
  }

  private T worst(List<T> group) {
    List<T> left = List.copyOf(group);
    while (left.size() > 1) {
      int middle = left.size() / 2;
      List<T> first = left.subList(0, middle);
      List<T> second = left.subList(middle, left.size());
      left = badness.applyAsDouble(first) >= badness.applyAsDouble(second) ? first : second;
    }
    return left.get(0);
  }
}
