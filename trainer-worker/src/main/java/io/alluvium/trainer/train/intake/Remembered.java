package io.alluvium.trainer.train.intake;

import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.claim.recall.Shelf;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.TrainerConfig;

/**
 * Records that were polled lately, and the way back to all others.
 *
 * @param shelf filled by the polling thread
 * @param recall used on the tensor thread
 */
public record Remembered(Shelf shelf, Recall recall) {
  /** Opens both for the train role. */
  public static Remembered open(WorkerContext context) {
    TrainerConfig config = context.config();
    Shelf shelf = new Shelf(config.readAhead().bytes());
    return new Remembered(
        shelf,
        new Recall(
            () -> OffsetReader.open(config.kafka(), context.sources(), shelf, config.patience()),
            context.reader(context.topics().training())));
  }
}
