package io.alluvium.streams.wire.registry;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.event.ExecutionScheduledEvent;
import dev.failsafe.function.CheckedSupplier;
import io.alluvium.schemas.setup.RegistryUnavailableException;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the schema registry again until it answers or the patience ends. */
public final class RegistryPatience {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryPatience.class);
  private static final int NOT_FOUND = 404;

  /** The registry's own codes are 40401, 40403 and so on. */
  private static final int CODES_PER_STATUS = 100;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final String url;
  private final RetryPolicy<Object> retry;

  /**
   * Sets the limits.
   *
   * @param url the registry's address, for messages
   * @param patience how long an unanswered question is asked again; over 2 s
   */
  public RegistryPatience(String url, Duration patience) {
    this.url = url;
    this.retry =
        RetryPolicy.builder()
            .handleIf(failure -> isOfTheRegistry(failure) && !isNotFound(failure))
            .withMaxRetries(-1)
            .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
            .withMaxDuration(patience)
            .onRetryScheduled(failed -> report(url, patience, failed))
            .build();
  }

  /** Once for each wait; how it ended is said by what follows. */
  private static void report(String url, Duration patience, ExecutionScheduledEvent<?> failed) {
    if (failed.getAttemptCount() == 1) {
      LOG.warn(
          "schema registry {} gives no usable answer ({}), asking again for {}",
          url,
          Objects.toString(failed.getLastException()),
          patience);
    }
  }

  /**
   * Asks.
   *
   * @throws UnknownSchemaException when the registry answers that it has no such thing
   * @throws RegistryUnavailableException when no usable answer came within the patience
   */
  public <T> T ask(CheckedSupplier<T> question) {
    try {
      return Failsafe.with(retry).get(question);
    } catch (FailsafeException failed) {
      throw explained(Objects.requireNonNullElse(failed.getCause(), failed));
    } catch (RuntimeException failed) {
      throw explained(failed);
    }
  }

  private RuntimeException explained(Throwable cause) {
    if (cause instanceof RuntimeException fault && !isOfTheRegistry(fault)) {
      return fault;
    }
    return isNotFound(cause)
        ? new UnknownSchemaException(url, cause)
        : new RegistryUnavailableException(
            "schema registry %s gives no usable answer (%s): start it or correct registry.schema.registry.url"
                .formatted(url, cause.getMessage()),
            cause);
  }

  /** A failed connection or an error in the answer, as such or within Confluent's exceptions. */
  private static boolean isOfTheRegistry(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof IOException
                    || cause instanceof RestClientException
                    || cause instanceof RetriableException);
  }

  /** A proxy's 404 has no code of the registry, and says nothing about a schema. */
  private static boolean isNotFound(Throwable failure) {
    return failure instanceof RestClientException answer
        && answer.getErrorCode() / CODES_PER_STATUS == NOT_FOUND;
  }
}
