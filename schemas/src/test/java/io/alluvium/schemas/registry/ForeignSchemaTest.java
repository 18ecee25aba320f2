package io.alluvium.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.setup.RegistrySetup;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas that anybody may have registered in the same registry. */
class ForeignSchemaTest {
  private static final Topic<TrainingExample> TOPIC = new Topics("", 1).examples();

  /** As a registry answers; what a schema text may hold is escaped once more. */
  private static final Map<String, String> SCHEMAS =
      Map.of(
          "1", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}",
          "2", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}",
          "3",
              "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"1 bad\\\",\\\"fields\\\":[]}\"}");

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer registry;

  @BeforeEach
  void serve() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext("/schemas/ids/", this::answer);
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"1, is of type PROTOBUF", "2, is of type JSON", "3, is refused by Avro"})
  void aSchemaThatIsNotForUsIsTheFaultOfTheRecord(int id, String why) {
    try (Deserializer<TrainingExample> deserializer =
        new AvroSerdes(settings()).deserializer(TOPIC)) {
      assertThatThrownBy(() -> deserializer.deserialize(TOPIC.name(), framed(id)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("schema id %d %s".formatted(id, why));
    }
  }

  @Test
  void anIdThatIsUnknownIsNotAskedForAtOnceAgain() throws IOException {
    try (SchemaRegistryClient client = RegistryClients.open(settings())) {
      for (int time = 0; time < 5; time++) {
        assertThatThrownBy(() -> client.getSchemaBySubjectAndId(TOPIC.subject(), 9))
            .hasMessageContaining("40403");
      }
    }
    assertThat(asked).hasValue(1);
  }

  /** A file of settings has only text, which the client takes for numbers without looking. */
  @Test
  void timesOfTheClientsCachesMayBeGivenAsText() {
    Map<String, String> given = new HashMap<>(settings());
    given.put("missing.id.cache.ttl.sec", "5");
    given.put("latest.cache.ttl.sec", "7");
    AvroSerdes serdes = new AvroSerdes(given);
    assertThatCode(
            () -> {
              serdes.<TrainingExample>serializer().close();
              serdes.deserializer(TOPIC).close();
              new RegistrySetup(given, Duration.ofSeconds(1)).ensure(List.of());
            })
        .doesNotThrowAnyException();
  }

  private Map<String, String> settings() {
    return Map.of("schema.registry.url", "http://127.0.0.1:" + registry.getAddress().getPort());
  }

  private static byte[] framed(int id) {
    return new byte[] {0, 0, 0, 0, (byte) id, 2, 2};
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String id = exchange.getRequestURI().getPath().replaceAll(".*/", "");
    String known = SCHEMAS.get(id);
    byte[] body =
        (known == null ? "{\"error_code\":40403,\"message\":\"not found\"}" : known)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
