package io.alluvium.trainer.round;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.canary.Canary;
import io.alluvium.trainer.round.division.Divider;
import java.util.List;

/**
 * How rounds are done.
 *
 * @param spec shape of adapters
 * @param seed of everything random
 * @param divider splits a round's records
 * @param gate judges
 * @param canaries what a candidate must not have memorised
 */
public record RoundSettings(
    LoraSpec spec, long seed, Divider divider, Gate gate, List<Canary> canaries) {
  int mostPast() {
    return gate.config().own().examples();
  }
}
