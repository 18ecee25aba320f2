package io.alluvium.trainer.round.outcome;

import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.order.Erasures;

/**
 * What is to be done: one adapter's window, from where the log says that the adapter is.
 *
 * @param window which records
 * @param line what the log said of the adapter when the round began
 * @param erasures what orders to erase meant then
 */
public record RoundPlan(Window window, AdapterLine line, Erasures erasures) {
  /** The adapter. */
  public String adapter() {
    return window.adapter();
  }

  /** The number that the candidate gets. */
  public long version() {
    return line.lastVersion() + 1;
  }
}
