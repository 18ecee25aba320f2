package io.alluvium.cli.fault;

import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/** Tells a registry that does not answer from a value that cannot be written or read. */
public final class RegistryFault {
  private RegistryFault() {}

  /** The fault as the end of a command, where the registry was the cause. */
  public static Optional<CommandException> unreachable(SerializationException fault) {
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return Optional.of(
            CommandException.unreachable(
                "the schema registry does not answer (%s): start the local stack with `alluvium up`, or name yours with --registry"
                    .formatted(cause.getMessage()),
                fault));
      }
    }
    return Optional.empty();
  }
}
