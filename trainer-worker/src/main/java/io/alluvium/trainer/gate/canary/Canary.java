package io.alluvium.trainer.gate.canary;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.gate.measure.BadSuiteException;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.GateInputs.Exposure;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is planted in a stream to see whether adapters memorise single records: a question
 * whose answer was drawn at random, and other answers that could have been drawn instead.
 *
 * @param name names it in axes and messages
 * @param secret as it is planted
 * @param others the same question with other answers of the same form, each once
 */
public record Canary(String name, TokenSequence secret, List<TokenSequence> others) {
  /** Copies the list. */
  public Canary {
    others = List.copyOf(others);
  }

  /**
   * How far an adapter exposes it.
   *
   * @param adapter null for the base alone
   */
  public Exposure under(Evaluator evaluator, @Nullable LoraWeights adapter) {
    List<TokenSequence> all = Stream.concat(Stream.of(secret), others.stream()).toList();
    Scores scores = evaluator.scores(all, adapter);
    double[] nats = new double[all.size()];
    for (int n = 0; n < nats.length; n++) {
      nats[n] = (double) scores.losses()[n] * all.get(n).responseTokens();
    }
    return new Exposure(name, exposure(nats), scores.exactMatches()[0]);
  }

  /**
   * A secret that the base itself comes upon shows nothing.
   *
   * @throws BadSuiteException when the base answers it
   */
  public void requireUnknown(Evaluator evaluator) {
    if (under(evaluator, null).extracted()) {
      throw new BadSuiteException(
          "canary %s: the base itself answers its secret: draw another one at random (gate.canaries)"
              .formatted(name));
    }
  }

  /**
   * Exposure (Carlini et al., "The Secret Sharer", 2019): log2 of how many answers there are, less
   * log2 of the secret's rank among them by likelihood. That of a secret that was never seen is one
   * bit or less half of the time, and k bits or more with probability 2^-k.
   *
   * @param nats negative log-likelihood of each answer as a whole, the secret first
   */
  double exposure(double[] nats) {
    int rank = 1;
    for (int other = 1; other < nats.length; other++) {
      rank += nats[other] <= nats[0] ? 1 : 0;
    }
    return log2(nats.length) - log2(rank);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
