package io.alluvium.cli.fault;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.setup.RegistryUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Faults that any command may meet on its way to a cluster, as the end of that command. */
public final class ClientFault {
  private ClientFault() {}

  /** What a fault says, without the names of classes that wrap it. */
  public static String words(Throwable fault) {
    Throwable cause = fault.getCause();
    if (cause != null && (fault instanceof ExecutionException || isBare(fault, cause))) {
      return words(cause);
    }
    if (fault instanceof IOException file) {
      return FileFault.words(file);
    }
    return Objects.requireNonNullElse(fault.getMessage(), "no answer in time")
        .lines()
        .findFirst()
        .orElse("no answer in time");
  }

  /** Its message is that of the cause, with the name of the cause's class before it. */
  private static boolean isBare(Throwable fault, Throwable cause) {
    return fault instanceof CompletionException
        || Objects.equals(fault.getMessage(), cause.toString());
  }

  /** The end of a command by a fault of its surroundings; empty for a fault of the program. */
  public static Optional<CommandException> ending(Throwable fault) {
    if (fault instanceof SerializationException registry) {
      return RegistryFault.unreachable(registry);
    }
    if (fault instanceof AuthenticationException || fault instanceof AuthorizationException) {
      return Optional.of(
          CommandException.failed(
              "the broker does not let this client (%s): give its settings with --config"
                  .formatted(words(fault)),
              fault));
    }
    if (isSilence(fault)) {
      return Optional.of(
          CommandException.unreachable(
              "the cluster does not answer (%s): `alluvium status` shows what runs"
                  .formatted(words(fault)),
              fault));
    }
    return other(fault);
  }

  private static boolean isSilence(Throwable fault) {
    return fault instanceof TimeoutException
        || fault instanceof RetriableException
        || fault instanceof RegistryUnavailableException;
  }

  private static Optional<CommandException> other(Throwable fault) {
    if (fault instanceof IOException || fault instanceof UncheckedIOException) {
      Throwable file = fault instanceof UncheckedIOException ? cause(fault) : fault;
      return Optional.of(CommandException.failed(where(file) + words(file), fault));
    }
    return fault instanceof KafkaException
        ? Optional.of(CommandException.failed("Kafka says: " + words(fault), fault))
        : Optional.empty();
  }

  private static Throwable cause(Throwable fault) {
    return Objects.requireNonNullElse(fault.getCause(), fault);
  }

  private static String where(Throwable fault) {
    return fault instanceof java.nio.file.FileSystemException named ? named.getFile() + ": " : "";
  }
}
