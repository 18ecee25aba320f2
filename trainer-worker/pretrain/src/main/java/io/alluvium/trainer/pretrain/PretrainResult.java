package io.alluvium.trainer.pretrain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What came out.
 *
 * @param folder the Hugging Face folder
 * @param digest its digest, as versions trained on it will name it
 * @param exactMatch share of held-out records answered exactly by the written, rounded weights, per
 *     skill, in [0, 1]
 * @param parameters number of weights
 * @param tokens tokens trained
 * @param wall time from start to end
 */
public record PretrainResult(
    Path folder,
    String digest,
    Map<String, Double> exactMatch,
    long parameters,
    long tokens,
    Duration wall) {}
