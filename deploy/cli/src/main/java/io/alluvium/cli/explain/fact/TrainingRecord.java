package io.alluvium.cli.explain.fact;

import io.alluvium.schemas.NoveltyClass;
import org.jspecify.annotations.Nullable;

/**
 * A record of a training topic in a few numbers.
 *
 * @param offset in its partition
 * @param weight factor on its loss
 * @param replayed whether it is a replay
 * @param novelty its class; null where not measured
 */
public record TrainingRecord(
    long offset, double weight, boolean replayed, @Nullable NoveltyClass novelty) {}
