package io.alluvium.trainer;

import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.claim.recall.Shelf;

/**
 * Records that were polled lately, and the way back to all others.
 *
 * @param shelf filled by the polling thread
 * @param recall used on the tensor thread
 */
record Remembered(Shelf shelf, Recall recall) {
  static Remembered open(Wiring wiring) {
    TrainerConfig config = wiring.config();
    Shelf shelf = new Shelf(config.readAhead().bytes());
    return new Remembered(
        shelf,
        new Recall(
            () -> OffsetReader.open(config.kafka(), wiring.sources(), shelf, config.patience()),
            wiring.reader(wiring.topics().training())));
  }
}
