package io.alluvium.streams.novelty;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.NoveltySignals;
import io.alluvium.schemas.ScoredExample;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells familiar, new and noise apart. Pure.
 *
 * <p>New is what has rare words or lies far from the prototypes. Noise is what stays hard although
 * nothing about its text is new: in a familiar place its loss, under base and adapter alike, is far
 * above its neighbours' ({@link io.alluvium.streams.novelty.space.Hardness}). A wrong answer to a
 * familiar question is such a one, whatever the share of them.
 *
 * <p>What is new, or where too little is known of the place, is noise when its loss is among the
 * adapter's largest, the adapter has taken nothing worth mentioning off the base loss (the
 * learnability of LoBaSS: relative drop from base to reference loss, the reference being the last
 * published adapter), and it is not one of several examples in the same new place, which would be a
 * domain that the adapter has not met yet. That cannot be told before the first version.
 */
final class ClassRule {
  private ClassRule() {}

  /**
   * The class.
   *
   * @param found signals with p-values, and what is known of the place
   * @return null while words cannot be compared yet
   */
  static @Nullable NoveltyClass of(
      ScoredExample scored, NoveltyState.Found found, NoveltyConfig config) {
    NoveltySignals signals = found.signals();
    if (signals.getLexicalP() == null) {
      return null;
    }
    boolean isNew = textP(signals) <= config.newBelow();
    boolean isUncompared = isNew || Double.isNaN(found.excess());
    boolean isCredible = isNew && found.company() >= config.company();
    boolean isNoise = found.excess() >= config.hardExcess();
    if (isUncompared) {
      isNoise = !isCredible && isStrange(scored, found, config);
    }
    if (isNoise) {
      return NoveltyClass.OUTLIER;
    }
    return isNew ? NoveltyClass.NOVEL : NoveltyClass.FAMILIAR;
  }

  /** Hard, and the adapter was asked and has not learned it. */
  private static boolean isStrange(
      ScoredExample scored, NoveltyState.Found found, NoveltyConfig config) {
    return isHard(found.signals(), config) && isUnlearned(scored, config);
  }

  /** p-value of words and embedding together (Bonferroni); 1 where neither can be compared. */
  static double textP(NoveltySignals signals) {
    Double lexical = signals.getLexicalP();
    Double embedding = signals.getEmbeddingP();
    if (lexical == null || embedding == null) {
      return lexical == null ? 1 : lexical;
    }
    return Math.min(1, 2 * Math.min(lexical, embedding));
  }

  /** One minus the chance of a p-value as small as the smallest among these (Šidák), or null. */
  static @Nullable Double score(NoveltySignals signals) {
    double[] present =
        values(signals.getLexicalP(), signals.getEmbeddingP(), signals.getLearnedP());
    return present.length == 0
        ? null
        : Math.pow(1 - DoubleStream.of(present).min().orElseThrow(), present.length);
  }

  private static double[] values(@Nullable Double... some) {
    return java.util.Arrays.stream(some)
        .filter(java.util.Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static boolean isHard(NoveltySignals signals, NoveltyConfig config) {
    Double p = signals.getLossP();
    return p != null && p <= config.hardBelow();
  }

  private static boolean isUnlearned(ScoredExample scored, NoveltyConfig config) {
    Double adapterLoss = scored.getAdapterLoss();
    return adapterLoss != null
        && scored.getBaseLoss() - adapterLoss < config.learnableDrop() * scored.getBaseLoss();
  }
}
