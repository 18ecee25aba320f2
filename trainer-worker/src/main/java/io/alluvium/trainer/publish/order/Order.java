package io.alluvium.trainer.publish.order;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;

/**
 * An order and where it stands.
 *
 * @param offset in adapter.commands
 * @param command what is ordered
 */
public record Order(long offset, AdapterCommand command) {
  /** The adapter of an order that is for all. */
  public static final String EVERYBODY = "*";

  /** Whether it is one to go back to a version. */
  public boolean isRollback() {
    return command.getCommand() == Command.ROLLBACK;
  }

  boolean isForEverybody() {
    return command.getAdapter().equals(EVERYBODY);
  }
}
