package io.alluvium.trainer.round;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.judge.Probes;

/**
 * How rounds are done.
 *
 * @param spec shape of adapters
 * @param seed of everything random
 * @param divider splits a round's records
 * @param gate judges
 * @param probes what is looked at besides examples
 */
public record RoundSettings(LoraSpec spec, long seed, Divider divider, Gate gate, Probes probes) {
  int mostPast() {
    return gate.config().own().examples();
  }
}
