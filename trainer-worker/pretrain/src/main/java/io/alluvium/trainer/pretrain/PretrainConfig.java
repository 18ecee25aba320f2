package io.alluvium.trainer.pretrain;

import io.alluvium.trainer.pretrain.corpus.Mixture;
import io.alluvium.trainer.pretrain.folder.ModelShape;
import io.alluvium.trainer.pretrain.learn.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Everything that decides which base comes out; equal values give equal bytes on one CPU build with
 * one thread.
 *
 * @param out folder to write, made if absent; files of an earlier run are replaced
 * @param seed of the first weights and of the training records
 * @param threads libtorch threads, at least 1; only 1 is repeatable
 * @param shape size of the model
 * @param plan steps, batch and learning rate
 * @param mixture how often each skill is trained
 */
public record PretrainConfig(
    Path out, long seed, int threads, ModelShape shape, TrainingPlan plan, Mixture mixture) {
  /** Steps of the shipped base. */
  public static final int SHIPPED_STEPS = 4200;

  /** Seed of the shipped base. */
  public static final long SHIPPED_SEED = 17;

  /** Checks what the parts do not check themselves. */
  public PretrainConfig {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "pretrain: threads is " + threads + ", must be at least 1");
    }
    if (plan.rowTokens() > shape.positions()) {
      throw new IllegalArgumentException(
          "pretrain: rowTokens is "
              + plan.rowTokens()
              + ", must not exceed the model's positions, "
              + shape.positions());
    }
  }

  /** The recipe of the shipped base with another length and seed. */
  public static PretrainConfig of(Path out, int steps, long seed) {
    return new PretrainConfig(
        out, seed, 1, ModelShape.tiny(), TrainingPlan.ofSteps(steps), Mixture.balanced());
  }

  /** The command line that makes this folder, for its model card. */
  String command() {
    return "deploy/alluvium pretrain --out "
        + out.getFileName()
        + " --steps "
        + plan.steps()
        + " --seed "
        + seed;
  }

  /** Another name for every other recipe, so that no run continues one it does not belong to. */
  String checkpointName() {
    String recipe = seed + " " + shape + " " + plan + " " + new TreeMap<>(mixture.shares());
    UUID name = UUID.nameUUIDFromBytes(recipe.getBytes(StandardCharsets.UTF_8));
    return "pretrain-" + name + ".checkpoint";
  }
}
