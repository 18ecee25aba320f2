package io.alluvium.trainer.bench.size;

/**
 * What was measured; field names are those of the JSON.
 *
 * @param parameters of the base
 * @param baseBytes its weights
 * @param recordTokens of a step
 * @param anchorTokens of a step
 * @param plain a step without anchors, the middle one
 * @param fresh the step whose anchors the base has not seen
 * @param held a step whose anchors are remembered, the middle one
 * @param tokensPerSecond of records, with anchors remembered, by the clock
 * @param plainTokensPerSecond of records, without anchors
 * @param anchorShare share of a step's process time that anchors take, remembered
 * @param freshAnchorShare the same where the base has not seen them
 * @param keptBytes what is remembered of anchors
 * @param openedAnonymousBytes anonymous memory once the base is open
 * @param peakBytes highest resident memory
 * @param peakAnonymousBytes the highest anonymous part, files not counted
 * @param peakFileBytes the highest part that is pages of files: the base, code
 * @param scoringAnonymousBytes the highest anonymous part while the same records are scored
 * @param neededBytes what {@code doctor} would have said of the anonymous part
 * @param loss of the first step, nats per token
 */
public record SizeResult(
    long parameters,
    long baseBytes,
    long recordTokens,
    long anchorTokens,
    SizedTraining.Took plain,
    SizedTraining.Took fresh,
    SizedTraining.Took held,
    double tokensPerSecond,
    double plainTokensPerSecond,
    double anchorShare,
    double freshAnchorShare,
    long keptBytes,
    long openedAnonymousBytes,
    long peakBytes,
    long peakAnonymousBytes,
    long peakFileBytes,
    long scoringAnonymousBytes,
    long neededBytes,
    double loss) {}
