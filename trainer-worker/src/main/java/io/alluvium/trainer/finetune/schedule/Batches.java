package io.alluvium.trainer.finetune.schedule;

import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.options.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * Cuts lists into runs that stay below limits, in their order. A single element may exceed them.
 *
 * @param count most elements of a run
 * @param tokens most tokens of a run; 0 for any number
 */
public record Batches(int count, int tokens) {

  /** Limits by tokens alone. */
  public static Batches ofTokens(int tokens) {
    return new Batches(Integer.MAX_VALUE, tokens);
  }

  /**
   * The batches of each epoch; gone through in this order, none is seen again before all others.
   */
  public List<List<List<TrainingItem>>> ofEpochs(List<TrainingItem> items, int epochs, long seed) {
    List<List<List<TrainingItem>>> batches = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<TrainingItem> shuffled = new ArrayList<>(items);
      Collections.shuffle(shuffled, new Random(Seeds.mix(seed, epoch)));
      batches.add(cut(shuffled, item -> item.tokens().length()));
    }
    return batches;
  }

  /** Tokens that a full batch of such items has on average. */
  public double fullTokens(List<TrainingItem> items) {
    long sum = items.stream().mapToLong(item -> item.tokens().length()).sum();
    double full = (double) sum / items.size() * Math.min(count, items.size());
    return tokens > 0 ? Math.min(tokens, full) : full;
  }

  /** The runs. */
  public <T> List<List<T>> cut(List<T> all, ToIntFunction<T> length) {
    List<List<T>> runs = new ArrayList<>();
    int from = 0;
    int sum = 0;
    for (int at = 0; at < all.size(); at++) {
      int own = length.applyAsInt(all.get(at));
      if (at > from && (at - from == count || (tokens > 0 && sum + own > tokens))) {
        runs.add(List.copyOf(all.subList(from, at)));
        from = at;
        sum = 0;
      }
      sum += own;
    }
    if (from < all.size()) {
      runs.add(List.copyOf(all.subList(from, all.size())));
    }
    return runs;
  }
}
