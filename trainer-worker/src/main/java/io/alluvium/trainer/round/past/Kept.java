package io.alluvium.trainer.round.past;

import io.alluvium.trainer.claim.recall.Place;

/**
 * A held-out record of an earlier window.
 *
 * @param place where it stands
 * @param group its source
 * @param base loss under the base, nats per response token
 * @param best loss under the version that was best on its group so far
 */
public record Kept(Place place, String group, double base, double best) {
  Kept withBest(double loss) {
    return new Kept(place, group, base, loss);
  }
}
