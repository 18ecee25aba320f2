package io.alluvium.trainer.bench.engine;

import io.alluvium.trainer.bench.work.Workload;
import java.util.Map;

/**
 * What was measured; field names are those of the JSON.
 *
 * @param configuration name of the workload
 * @param dataType of the frozen weights
 * @param recompute whether inner values were computed again
 * @param tokensPerSecond tokens that went through the model, median of the rounds
 * @param secondsPerStep median of the rounds
 * @param modelFlops model floating point operations per second, see {@link Workload#flops}
 * @param matmulPeakFlops matrix products of the model's shapes in the same process
 * @param mfu modelFlops / matmulPeakFlops
 * @param peakRssBytes highest resident memory of the process
 * @param rssAfterWarmupBytes resident memory before the measured rounds
 * @param rssAtEndBytes and after them
 * @param javaShare share of a step outside native calls
 * @param allocatedBytesPerStep Java heap allocated per step
 * @param paddingWaste share of padding among the packed positions
 * @param baseBytes size of the base's weights in memory or mapped
 * @param baseAnonymousBytes anonymous memory that opening the base took
 * @param loss mean nats per supervised token of the first work done: comparable between programs
 * @param profile milliseconds per op group of one step; empty unless asked for
 */
public record BenchResult(
    String configuration,
    String dataType,
    boolean recompute,
    double tokensPerSecond,
    double secondsPerStep,
    double modelFlops,
    double matmulPeakFlops,
    double mfu,
    long peakRssBytes,
    long rssAfterWarmupBytes,
    long rssAtEndBytes,
    double javaShare,
    long allocatedBytesPerStep,
    double paddingWaste,
    long baseBytes,
    long baseAnonymousBytes,
    double loss,
    Map<String, Double> profile) {}
