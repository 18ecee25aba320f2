package io.alluvium.trainer.adapter;

import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.model.architecture.Layout;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The shape of an adapter. With the plain kind W·x becomes W·x + (alpha / rank)·B·A·x (Hu et al.
 * 2021, LoRA).
 *
 * @param rank inner width, at least 1
 * @param alpha numerator of the scale, above 0
 * @param targets adapted linears out of {@link Layout#names}, in that order; as in PEFT the last
 *     part of a dotted name stands for all that end so; empty where an expression chooses
 * @param kind how it is parametrised
 * @param patterns what differs from linear to linear
 */
public record LoraSpec(
    int rank, double alpha, List<String> targets, AdapterKind kind, Patterns patterns) {

  /** Plain LoRA, the same everywhere. */
  public LoraSpec(int rank, double alpha, List<String> targets) {
    this(rank, alpha, targets, new Lora(), Patterns.NONE);
  }

  /** Checks the values and puts the targets in program order. */
  public LoraSpec {
    require(rank >= 1, "rank " + rank + ", want 1 or more");
    require(alpha > 0 && Double.isFinite(alpha), "alpha " + alpha + ", want a positive number");
    for (String target : targets) {
      require(
          Layout.names().stream().anyMatch(name -> names(target, name)),
          "target '" + target + "', known: " + Layout.names());
    }
    require(
        !targets.isEmpty() || patterns.modules() != null,
        "targets are empty, known: " + Layout.names());
    List<String> given = targets;
    targets =
        Layout.names().stream()
            .filter(name -> patterns.modules() == null)
            .filter(name -> given.stream().anyMatch(target -> names(target, name)))
            .toList();
  }

  /** What PEFT is told as target modules: names, or the one expression in their place. */
  public List<String> named() {
    String modules = patterns.modules();
    return modules == null ? targets : List.of(modules);
  }

  /** Factor of B·A where no pattern says otherwise. */
  public double scale() {
    return kind.scale(rank, alpha);
  }

  /** Factor of B·A of an adapted linear. */
  public double scale(Linear linear) {
    return kind.scale(linear.rank(), patterns.alpha(linear.path(), alpha));
  }

  /** The shape of the folder that PEFT loads, for adapters of this base. */
  public LoraSpec published(DecoderConfig base) {
    if (kind.dense()) {
      return full(base);
    }
    int times = kind.publishedRanks();
    return new LoraSpec(
        times * rank, times * alpha, targets, kind.published(), patterns.times(times));
  }

  /**
   * The same where the linears have other ranks than they were given, at the scale that they were
   * given; those of rank 0 are excluded.
   *
   * @param kept rank of each of {@link #linears}
   */
  LoraSpec published(DecoderConfig base, int[] kept) {
    List<Linear> linears = linears(base);
    Map<String, Integer> ranks = new LinkedHashMap<>();
    Map<String, Double> alphas = new LinkedHashMap<>();
    List<String> exclude = new ArrayList<>(patterns.exclude());
    for (int n = 0; n < kept.length; n++) {
      Linear linear = linears.get(n);
      if (kept[n] > 0) {
        ranks.put(linear.path(), kept[n]);
        alphas.put(linear.path(), scale(linear) * kept[n]);
      } else if (linear.adapted()) {
        exclude.add(linear.path());
      }
    }
    ranks.values().removeIf(own -> own == rank);
    alphas.values().removeIf(own -> own == alpha);
    Patterns own = new Patterns(ranks, alphas, patterns.layers(), patterns.modules(), exclude);
    return new LoraSpec(rank, alpha, targets, kind.published(), own);
  }

  /**
   * How what is trained is named in events, beside rank, alpha and targets of what is published. Of
   * a kind that is published in full rank these do not say the rank.
   */
  public String describe() {
    String name = kind.dense() ? kind.describe() + "(rank=" + rank + ")" : kind.describe();
    return patterns.equals(Patterns.NONE) ? name : name + " " + patterns;
  }

  /**
   * The linears of the blocks, block by block, that any block adapts; those without adapter have
   * rank 0.
   *
   * @throws IllegalArgumentException naming a target, layer or pattern that means nothing in the
   *     base
   */
  public List<Linear> linears(DecoderConfig base) {
    List<String> names = names(base);
    List<Linear> linears = new ArrayList<>();
    for (int layer = 0; layer < base.layers(); layer++) {
      for (String name : names) {
        String path = base.path(layer, name);
        boolean adapted = patterns.adapts(path, layer, targets.contains(name));
        int own = adapted ? patterns.rank(path, rank) : 0;
        linears.add(new Linear(path, own, base.outputs(name), base.inputs(name)));
      }
    }
    require(
        linears.stream().anyMatch(Linear::adapted),
        "no linear of this base is adapted: " + patterns + ", targets " + targets);
    requireMeaning(base, linears);
    return linears;
  }

  /** What the decoder's program has to know. */
  public AdapterText text(DecoderConfig base) {
    List<Linear> linears = linears(base);
    List<Double> factors = linears.stream().map(this::factor).toList();
    boolean same = linears.stream().allMatch(Linear::adapted) && Set.copyOf(factors).size() == 1;
    return new AdapterText(names(base), kind, same && factors.get(0) == 1 ? List.of() : factors);
  }

  /**
   * Full rank everywhere, at a scale of 1. Alpha is rank, with and without the patterns: programs
   * that pass over patterns have the same scale.
   */
  private LoraSpec full(DecoderConfig base) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    Map<String, Double> alphas = new LinkedHashMap<>();
    for (Linear linear : linears(base)) {
      if (linear.adapted()) {
        int own = Math.min(linear.inputs(), linear.outputs());
        ranks.put(linear.path(), own);
        alphas.put(linear.path(), (double) own);
      }
    }
    int most = Collections.max(ranks.values());
    ranks.values().removeIf(own -> own == most);
    alphas.values().removeIf(own -> own == most);
    Patterns full =
        new Patterns(ranks, alphas, patterns.layers(), patterns.modules(), patterns.exclude());
    return new LoraSpec(most, most, targets, kind.published(), full);
  }

  /** Own scale over the common one; what has no adapter has nothing to scale. */
  private double factor(Linear linear) {
    return linear.adapted() ? scale(linear) / scale() : 1;
  }

  /** Linears of a block that an adapter may have in any block. */
  private List<String> names(DecoderConfig base) {
    if (patterns.modules() != null) {
      return base.linears();
    }
    for (String target : targets) {
      require(
          base.linears().contains(target),
          "target '" + target + "' is no linear of this base; it has " + base.linears());
    }
    return targets;
  }

  private void requireMeaning(DecoderConfig base, List<Linear> linears) {
    List<Integer> layers = patterns.layers();
    if (layers != null) {
      require(
          layers.get(layers.size() - 1) < base.layers(),
          "layers are " + layers + ", but the base has " + base.layers());
    }
    Stream.concat(patterns.ranks().keySet().stream(), patterns.alphas().keySet().stream())
        .forEach(
            key ->
                require(
                    linears.stream().anyMatch(l -> l.adapted() && Patterns.matches(key, l.path())),
                    "pattern '" + key + "' matches no adapted linear of this base"));
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
