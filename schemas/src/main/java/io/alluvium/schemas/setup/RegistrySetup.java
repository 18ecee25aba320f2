package io.alluvium.schemas.setup;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.alluvium.schemas.registry.RegistryClients;
import io.alluvium.schemas.topic.Topic;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the registry ready at start: every subject registered (or, with
 * auto.register.schemas=false, found) and its compatibility set to FULL_TRANSITIVE; a registry's
 * own default may be NONE.
 */
public final class RegistrySetup {
  /** What every subject of ours is held to. */
  public static final String COMPATIBILITY = "FULL_TRANSITIVE";

  private static final Logger LOG = LoggerFactory.getLogger(RegistrySetup.class);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Map<String, String> registry;
  private final Duration patience;

  /**
   * Takes a user's settings.
   *
   * @param registry Confluent's keys and values; schema.registry.url is required
   * @param patience how long an unreachable registry is asked again before giving up; over 250 ms
   */
  public RegistrySetup(Map<String, String> registry, Duration patience) {
    this.registry = Map.copyOf(registry);
    this.patience = patience;
  }

  /**
   * Registers or checks the value subjects of the topics.
   *
   * @throws RegistryUnavailableException when no answer comes within the patience
   * @throws SubjectRefusedException when the registry answers and refuses
   */
  public void ensure(Collection<? extends Topic<?>> topics) {
    try (SchemaRegistryClient client = RegistryClients.open(registry)) {
      topics.forEach(topic -> ensure(client, topic));
    } catch (IOException closing) {
      LOG.debug("closing the registry client", closing);
    }
  }

  private String url() {
    return registry.getOrDefault("schema.registry.url", "");
  }

  private void ensure(SchemaRegistryClient client, Topic<?> topic) {
    try {
      Failsafe.with(retry()).run(() -> attempt(client, topic));
    } catch (FailsafeException failed) {
      throw explained(topic, Objects.requireNonNullElse(failed.getCause(), failed));
    }
  }

  private RetryPolicy<Object> retry() {
    return RetryPolicy.builder()
        .handleIf(RegistrySetup::isTransient)
        .withMaxRetries(-1)
        .withDelay(PAUSE)
        .withMaxDuration(patience)
        .build();
  }

  private static boolean isTransient(Throwable failure) {
    return failure instanceof RestClientException answer
        ? answer.getStatus() >= 500
        : failure instanceof IOException;
  }

  private void attempt(SchemaRegistryClient client, Topic<?> topic)
      throws IOException, RestClientException {
    AvroSchema schema = new AvroSchema(schemaOf(topic));
    if (registers()) {
      client.register(topic.subject(), schema);
      hold(client, topic.subject());
    } else {
      client.getId(topic.subject(), schema);
    }
  }

  /** Of programs that start together and do the same, a registry may refuse all but one. */
  private static void hold(SchemaRegistryClient client, String subject)
      throws IOException, RestClientException {
    try {
      client.updateCompatibility(subject, COMPATIBILITY);
    } catch (RestClientException refused) {
      if (!COMPATIBILITY.equals(client.getCompatibility(subject))) {
        throw refused;
      }
    }
  }

  private boolean registers() {
    return Boolean.parseBoolean(registry.getOrDefault("auto.register.schemas", "true"));
  }

  private static Schema schemaOf(Topic<?> topic) {
    return SpecificData.get().getSchema(topic.valueType());
  }

  private RuntimeException explained(Topic<?> topic, Throwable cause) {
    return isTransient(cause)
        ? new RegistryUnavailableException(
            "schema registry %s does not answer (%s): start it or correct schema.registry.url"
                .formatted(url(), cause.getMessage()),
            cause)
        : new SubjectRefusedException(
            "schema registry %s refuses subject %s: %s; with auto.register.schemas=false register schemas/history first"
                .formatted(url(), topic.subject(), cause.getMessage()),
            cause);
  }
}
