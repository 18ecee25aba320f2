package io.alluvium.trainer.decoder;

import java.util.List;

/**
 * What one forward pass says about sequences, in the order they were given.
 *
 * @param losses mean nats per response token
 * @param exactMatches whether the likeliest token is the target at every response position, which
 *     is what greedy generation of the whole response would need
 * @param embeddings last hidden state averaged over all tokens that predict another; empty unless
 *     asked for
 */
@SuppressWarnings("ArrayRecordComponent") // one value per example, handed over and never shared
public record Scores(float[] losses, boolean[] exactMatches, List<float[]> embeddings) {

  /** Number of sequences. */
  public int size() {
    return losses.length;
  }

  /** Mean of the losses over sequences; not a number without any. */
  public double meanLoss() {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }

  /** Share of exact matches; not a number without any sequence. */
  public double exactMatchShare() {
    int matches = 0;
    for (boolean match : exactMatches) {
      matches += match ? 1 : 0;
    }
    return matches / (double) exactMatches.length;
  }
}
