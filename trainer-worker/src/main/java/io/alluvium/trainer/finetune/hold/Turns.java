package io.alluvium.trainer.finetune.hold;

import io.alluvium.trainer.finetune.anchor.AnchorStates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which anchors a step has: each in its turn, and in the place of a share of those such as have
 * been there in this round, drawn in proportion to their last KL (the rule by which SuRe, arXiv
 * 2511.22367, chooses what it replays). Nothing is remembered between rounds, so that a round stays
 * a function of the log.
 */
final class Turns {
  private final AnchorStates anchors;
  private final double hard;
  private final int[] order;
  private final SplittableRandom random;
  private final Map<Integer, Float> lastKl = new LinkedHashMap<>();
  private List<Integer> now = List.of();

  /**
   * Turns of a round.
   *
   * @param hard share that is drawn
   */
  Turns(AnchorStates anchors, double hard, long seed) {
    this.anchors = anchors;
    this.hard = hard;
    this.order = anchors.order(seed);
    this.random = new SplittableRandom(seed);
  }

  /** The numbers of the next step's anchors. */
  List<Integer> next(int windowStep, double batchTokens) {
    List<Integer> turn = anchors.chosen(order, windowStep, batchTokens);
    int drawn = (int) Math.round(hard * turn.size());
    List<Integer> chosen = new ArrayList<>(turn.subList(0, turn.size() - drawn));
    chosen.addAll(drawn(drawn, new HashSet<>(turn)));
    chosen.addAll(turn.subList(chosen.size(), turn.size()));
    now = chosen;
    return chosen;
  }

  /** How many the step has. */
  int size() {
    return now.size();
  }

  /** Notes the step's KL, which stand there from a place on. */
  void took(float[] kl, int from) {
    for (int n = 0; n < now.size(); n++) {
      lastKl.put(now.get(n), Math.max(0, kl[from + n]));
    }
  }

  /** As many as have been there, without one twice. */
  private List<Integer> drawn(int count, Set<Integer> taken) {
    Map<Integer, Float> left = new LinkedHashMap<>(lastKl);
    left.keySet().removeAll(taken);
    List<Integer> drawn = new ArrayList<>();
    while (drawn.size() < count && !left.isEmpty()) {
      int one = drawn(left);
      left.remove(one);
      drawn.add(one);
    }
    return drawn;
  }

  private int drawn(Map<Integer, Float> left) {
    double sum = left.values().stream().mapToDouble(Float::doubleValue).sum();
    double rest = random.nextDouble() * sum;
    int last = -1;
    for (Map.Entry<Integer, Float> each : left.entrySet()) {
      last = each.getKey();
      rest -= each.getValue();
      if (rest < 0) {
        break;
      }
    }
    return last;
  }
}
