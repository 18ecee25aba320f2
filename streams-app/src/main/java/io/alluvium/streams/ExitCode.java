package io.alluvium.streams;

import io.alluvium.schemas.setup.RegistryUnavailableException;
import io.alluvium.schemas.setup.SubjectRefusedException;
import io.alluvium.schemas.setup.TopicMismatchException;
import io.alluvium.streams.config.ConfigException;
import io.alluvium.streams.store.layout.LayoutException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;

/** What the process tells whoever started it. */
enum ExitCode {
  /** Stopped in order. */
  OK(0),
  /** Failed of something unforeseen. */
  FAILED(1),
  /** Usage, configuration, or state of another build. */
  CONFIGURATION(2),
  /** A broker or registry did not answer for too long; nothing is lost, start again later. */
  UNREACHABLE(3);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** What a failure means to whoever started the process. */
  static ExitCode of(Throwable failure) {
    return ofOne(telling(failure));
  }

  /** The first in the chain of causes that says more than "failed"; else the failure itself. */
  static Throwable telling(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(cause -> ofOne(cause) != FAILED)
        .findFirst()
        .orElse(failure);
  }

  private static ExitCode ofOne(Throwable failure) {
    if (failure instanceof RegistryUnavailableException || failure instanceof RetriableException) {
      return UNREACHABLE;
    }
    return failure instanceof ConfigException
            || failure instanceof TopicMismatchException
            || failure instanceof LayoutException
            || failure instanceof SubjectRefusedException
            || failure instanceof org.apache.kafka.common.config.ConfigException
        ? CONFIGURATION
        : FAILED;
  }
}
