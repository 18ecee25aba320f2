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

  /** Whether it is one to pause or to resume. */
  public boolean isPause() {
    return command.getCommand() == Command.PAUSE || command.getCommand() == Command.RESUME;
  }

  /** Whether it is one to erase. */
  public boolean isErasure() {
    return command.getCommand() == Command.ERASE;
  }

  /** Whether one answer does for both: the later one of two to pause, or of two to erase. */
  public boolean isAnsweredWith(Order later) {
    return (isPause() && later.isPause()) || (isErasure() && later.isErasure());
  }

  boolean isForEverybody() {
    return command.getAdapter().equals(EVERYBODY);
  }

  /** Whether the trainer has anything to do with it. */
  static boolean isOurs(AdapterCommand command) {
    return switch (command.getCommand()) {
      case PAUSE, RESUME, ROLLBACK, FLAG -> true;
      case ERASE -> Erasures.understand(command.getArgument());
      default -> false;
    };
  }
}
