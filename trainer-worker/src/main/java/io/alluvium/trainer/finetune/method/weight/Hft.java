package io.alluvium.trainer.finetune.method.weight;

import io.alluvium.trainer.adapter.LoraWeights.Slot;
import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.WeightMethod;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Half fine-tuning (Hui et al. 2024, arXiv 2404.18466) on adapters: each round trains the adapters
 * of a share of the linears, drawn anew, the same share of attention and of MLP in each layer. The
 * others stay as they are, and so do their moments (the paper, which trains the weights themselves,
 * drops those). Gradients are computed for all, so no time is saved.
 *
 * @param amount share of the linears of a layer that learn; below 1
 */
public record Hft(double amount) implements WeightMethod {
  /** Its name in configurations. */
  public static final String NAME = "hft";

  /** Checks the amount. */
  public Hft {
    Method.check(amount > 0 && amount < 1, NAME, amount, "above 0 and below 1");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Restraint> restraints(TrainingState parent, long seed) {
    List<String> paths = parent.adapter().trainedSlots().stream().map(Slot::path).toList();
    Set<String> free = free(paths, new Random(seed));
    return paths.stream()
        .map(path -> new Restraint(free.contains(path) ? Part.LEARNS : Part.RESTS, new float[] {0}))
        .toList();
  }

  /** Of the linears below each module its share; what is no whole number is left to chance. */
  private Set<String> free(List<String> paths, Random random) {
    Map<String, Set<String>> modules = new LinkedHashMap<>();
    for (String path : paths) {
      String module = path.substring(0, Math.max(0, path.lastIndexOf('.')));
      modules.computeIfAbsent(module, each -> new LinkedHashSet<>()).add(path);
    }
    Set<String> free = new HashSet<>();
    for (Set<String> linears : modules.values()) {
      List<String> shuffled = new ArrayList<>(linears);
      Collections.shuffle(shuffled, random);
      free.addAll(shuffled.subList(0, (int) (amount * shuffled.size() + random.nextDouble())));
    }
    return free;
  }
}
