package io.alluvium.trainer.finetune.config;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.finetune.method.choice.Methods;
import io.alluvium.trainer.finetune.method.end.Slow;
import io.alluvium.trainer.finetune.schedule.Batches;
import io.alluvium.trainer.finetune.schedule.LearningRate;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a round trains.
 *
 * @param rank inner width of the adapters
 * @param alpha numerator of the adapters' scale
 * @param targetModules adapted linears
 * @param adapter how the adapters are parametrised, and what differs from linear to linear
 * @param epochs passes over the window
 * @param batchSize most records of a step
 * @param learningRate of AdamW at its height
 * @param warmupSteps steps from the adapter's very first one until that height
 * @param decayTo share of the learning rate left at a window's last step; 1 for none
 * @param weightDecay decoupled, per step times learning rate
 * @param maxGradNorm global norm to which gradients are clipped
 * @param explodingFactor a batch loss above this many times that of guessing, or of the round's
 *     first batch if that is higher, counts as diverged
 * @param gradientCheckpointing whether a step computes a block's inner values again on its way back
 *     instead of keeping them: a fraction of the memory for a third more time
 * @param loop how the window is gone through
 * @param anchors what holds the adapter to the base
 * @param methods of the literature by name, with their amounts; empty for none. Where a
 *     configuration leaves them open, {@link #usualMethods}
 * @param seed of everything random
 */
public record FineTuneConfig(
    int rank,
    double alpha,
    List<String> targetModules,
    AdapterConfig adapter,
    int epochs,
    int batchSize,
    double learningRate,
    int warmupSteps,
    double decayTo,
    double weightDecay,
    double maxGradNorm,
    double explodingFactor,
    boolean gradientCheckpointing,
    LoopConfig loop,
    AnchorConfig anchors,
    Map<String, Double> methods,
    long seed) {

  /** Checks every value; the message names it. */
  public FineTuneConfig {
    Check.that(epochs >= 1, "finetune.epochs", epochs, "1 or more");
    Check.that(batchSize >= 1, "finetune.batchSize", batchSize, "1 or more");
    Check.that(
        learningRate > 0 && learningRate < 1, "finetune.learningRate", learningRate, "in (0, 1)");
    Check.that(warmupSteps >= 0, "finetune.warmupSteps", warmupSteps, "0 or more");
    Check.that(decayTo >= 0 && decayTo <= 1, "finetune.decayTo", decayTo, "in [0, 1]");
    Check.that(
        weightDecay >= 0 && weightDecay < 1, "finetune.weightDecay", weightDecay, "in [0, 1)");
    Check.that(maxGradNorm > 0, "finetune.maxGradNorm", maxGradNorm, "above 0");
    Check.that(explodingFactor > 1, "finetune.explodingFactor", explodingFactor, "above 1");
    boolean keeps = adapter.parametrisation().needs() == AdapterKind.Needs.KEPT_TEXTS;
    Check.that(
        !keeps || anchors.wanted(), "finetune.adapter.kind", adapter.kind(), "anchors beside it");
    LoraSpec spec = spec(rank, alpha, targetModules, adapter);
    targetModules = spec.targets();
    methods = Collections.unmodifiableMap(new TreeMap<>(named(methods, adapter)));
    requireFit(Methods.of(methods), spec.kind());
  }

  /** Values that worked on a base of 1.3 M parameters with windows of 256 records. */
  public static FineTuneConfig defaults() {
    return new FineTuneConfig(
        8,
        16,
        List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"),
        AdapterConfig.defaults(),
        2,
        16,
        4e-3,
        30,
        0.05,
        0.0,
        1.0,
        3.0,
        false,
        LoopConfig.defaults(),
        AnchorConfig.defaults(),
        usualMethods(AdapterConfig.defaults()),
        17);
  }

  /** Jackson says null where a configuration leaves them open. */
  private static Map<String, Double> named(
      @Nullable Map<String, Double> methods, AdapterConfig adapter) {
    return methods == null ? usualMethods(adapter) : methods;
  }

  /** What is on where no methods are named: a slow adapter, where the kind's adapters mix. */
  public static Map<String, Double> usualMethods(AdapterConfig adapter) {
    return adapter.parametrisation().mixes() ? Map.of(Slow.NAME, 0.5) : Map.of();
  }

  /** The same held to the base by other anchors, or by none. */
  public FineTuneConfig withAnchors(AnchorConfig other) {
    return with(learningRate, targetModules, other, methods);
  }

  /** The same with other methods. */
  public FineTuneConfig withMethods(Map<String, Double> other) {
    return with(learningRate, targetModules, anchors, other);
  }

  /** The same with other linears adapted. */
  public FineTuneConfig withTargets(List<String> other) {
    return with(learningRate, other, anchors, methods);
  }

  /** The methods. */
  public Methods chosen() {
    return Methods.of(methods);
  }

  /** The same with another learning rate. */
  public FineTuneConfig withLearningRate(double other) {
    return with(other, targetModules, anchors, methods);
  }

  private FineTuneConfig with(
      double otherRate,
      List<String> otherTargets,
      AnchorConfig otherAnchors,
      Map<String, Double> otherMethods) {
    return new FineTuneConfig(
        rank,
        alpha,
        otherTargets,
        adapter,
        epochs,
        batchSize,
        otherRate,
        warmupSteps,
        decayTo,
        weightDecay,
        maxGradNorm,
        explodingFactor,
        gradientCheckpointing,
        loop,
        otherAnchors,
        otherMethods,
        seed);
  }

  private static void requireFit(Methods methods, AdapterKind kind) {
    boolean pairs = !kind.dense() && !kind.gains();
    Check.that(
        pairs || !methods.tokens().seesBase(),
        "finetune.adapter.kind",
        kind.describe(),
        "a kind that is nothing but a pair beside token-flow or masked-kl");
    Check.that(
        kind.mixes() || methods.ends().isEmpty(),
        "finetune.adapter.kind",
        kind.describe(),
        "a kind that mixes beside average, lookahead, slow or slao");
  }

  /** What a step keeps between its way forth and its way back. */
  public Memory memory() {
    return gradientCheckpointing ? Memory.RECOMPUTE : Memory.KEEP;
  }

  /** How the learning rate goes. */
  public LearningRate.Course course() {
    return new LearningRate.Course(learningRate, warmupSteps, loop.rewarmSteps(), decayTo);
  }

  /** How a window is cut into batches. */
  public Batches batches() {
    return new Batches(batchSize, loop.batchTokens());
  }

  /** The adapters' shape. */
  public LoraSpec lora() {
    return spec(rank, alpha, targetModules, adapter);
  }

  private static LoraSpec spec(
      int rank, double alpha, List<String> targetModules, AdapterConfig adapter) {
    return new LoraSpec(rank, alpha, targetModules, adapter.parametrisation(), adapter.patterns());
  }
}
