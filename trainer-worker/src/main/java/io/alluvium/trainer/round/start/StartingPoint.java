package io.alluvium.trainer.round.start;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.round.outcome.RoundOutcome.Origin;
import io.alluvium.trainer.round.past.BestSkills;
import io.alluvium.trainer.round.past.OwnPast;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a round starts from and what its candidate is held against. Owns both.
 *
 * @param parent what training goes on from
 * @param parentKey names the parent for good
 * @param served the adapter that is served now; null where it is the base alone
 * @param servedKey names what is served for good
 * @param origin where the parent comes from
 * @param past what the served adapter learned earlier
 * @param best what it and the versions before it were best at
 * @param remarks what a person should know of the start
 */
public record StartingPoint(
    TrainingState parent,
    String parentKey,
    @Nullable LoraWeights served,
    String servedKey,
    Origin origin,
    OwnPast past,
    BestSkills best,
    List<String> remarks)
    implements AutoCloseable {

  @Override
  public void close() {
    parent.close();
    if (served != null && served != parent.adapter()) {
      served.close();
    }
  }
}
