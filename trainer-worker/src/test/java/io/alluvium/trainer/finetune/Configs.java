package io.alluvium.trainer.finetune;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.Patterns;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.config.Regrowth;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small settings and data for tests on the tiny model. */
public final class Configs {
  private static final int VOCABULARY = 61;

  private Configs() {}

  public static FineTuneConfig of(LoraSpec spec, AnchorConfig anchors) {
    return of(spec, anchors, 0.5);
  }

  static FineTuneConfig of(LoraSpec spec, AnchorConfig anchors, double maxGradNorm) {
    return of(spec, anchors, maxGradNorm, LoopConfig.defaults());
  }

  static FineTuneConfig of(
      LoraSpec spec, AnchorConfig anchors, double maxGradNorm, LoopConfig loop) {
    return new FineTuneConfig(
        spec.rank(),
        spec.alpha(),
        spec.targets(),
        AdapterConfig.defaults(),
        2,
        4,
        1e-2,
        2,
        0.1,
        0.01,
        maxGradNorm,
        3,
        false,
        loop,
        anchors,
        Map.of(),
        17);
  }

  static FineTuneConfig of(AdapterConfig adapter, AnchorConfig anchors, double maxGradNorm) {
    return of(List.of("q_proj", "v_proj", "up_proj", "down_proj"), adapter, anchors, maxGradNorm);
  }

  static FineTuneConfig of(
      List<String> targets, AdapterConfig adapter, AnchorConfig anchors, double maxGradNorm) {
    return new FineTuneConfig(
        4,
        8,
        targets,
        adapter,
        2,
        4,
        1e-2,
        2,
        0.1,
        0.01,
        maxGradNorm,
        3,
        false,
        LoopConfig.defaults(),
        anchors,
        Map.of(),
        17);
  }

  /** The same everywhere. */
  static AdapterConfig adapter(String kind, long seed, int bases) {
    return adapter(kind, seed, bases, Patterns.NONE);
  }

  /** Entries of sparse adapters are chosen every other step, so that rounds of few steps do it. */
  static AdapterConfig adapter(String kind, long seed, int bases, Patterns patterns) {
    List<Integer> layers = patterns.layers();
    return new AdapterConfig(
        kind,
        seed,
        bases,
        1,
        new Regrowth(2, 0.3, 0.1, 20),
        patterns.ranks(),
        patterns.alphas(),
        layers == null ? List.of() : layers,
        patterns.modules(),
        patterns.exclude());
  }

  public static List<TrainingItem> items(int count) {
    Random random = new Random(21);
    List<TrainingItem> items = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      int[] ids = random.ints(4 + random.nextInt(30), 3, VOCABULARY).toArray();
      TokenSequence tokens = new TokenSequence(ids, 1 + random.nextInt(ids.length - 1));
      items.add(new TrainingItem("item-" + n, tokens, 0.1f + random.nextFloat()));
    }
    return items;
  }

  public static List<int[]> anchors(int count) {
    Random random = new Random(22);
    List<int[]> anchors = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      anchors.add(random.ints(3 + random.nextInt(20), 3, VOCABULARY).toArray());
    }
    return anchors;
  }
}
