package io.alluvium.streams.novelty.candidate;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.NoveltySignals;
import org.jspecify.annotations.Nullable;

/**
 * What was made of an example's signals.
 *
 * @param signals each apart, with p-values
 * @param score 0 (familiar) to 1; null while there is too little to compare with
 * @param kind the class; null while the score is
 */
public record Novelty(
    NoveltySignals signals, @Nullable Double score, @Nullable NoveltyClass kind) {}
