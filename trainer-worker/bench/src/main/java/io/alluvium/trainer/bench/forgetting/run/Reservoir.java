package io.alluvium.trainer.bench.forgetting.run;

import io.alluvium.schemas.WeightedExample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A uniform sample of all records that came (Vitter 1985, algorithm R), drawn from again. */
final class Reservoir {
  private final int most;
  private final SplittableRandom random;
  private final List<WeightedExample> kept = new ArrayList<>();
  private int seen;

  /**
   * An empty one.
   *
   * @param most records that are kept
   */
  Reservoir(int most, SplittableRandom random) {
    this.most = most;
    this.random = random;
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  /** Some of what is kept, each time anew, as replays. */
  List<WeightedExample> drawn(int count) {
    return random
        .ints(count, 0, Math.max(1, kept.size()))
        .mapToObj(kept::get)
        .map(Reservoir::replayed)
        .toList();
  }

  void keep(WeightedExample record) {
    seen++;
    if (kept.size() < most) {
      kept.add(record);
      return;
    }
    int place = random.nextInt(seen);
    if (place < most) {
      kept.set(place, record);
    }
  }

  private static WeightedExample replayed(WeightedExample record) {
    return WeightedExample.newBuilder(record).setReplayOf(record.getScored().getOrigin()).build();
  }
}
