package io.alluvium.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/**
 * Confluent's serializers, set up from a user's settings, against Confluent's in-memory registry.
 */
class AvroSerdesTest {
  private static final Topics TOPICS = new Topics("", 4);
  private final AvroSerdes serdes = new AvroSerdes(Map.of("schema.registry.url", "mock://serdes"));

  @Test
  void aValueComesBackAsItWasSent() {
    TrainingExample sent = example();
    try (Serde<TrainingExample> serde = serdes.serde(TOPICS.examples())) {
      byte[] bytes = serde.serializer().serialize("examples", sent);

      assertThat(serde.deserializer().deserialize("examples", bytes)).isEqualTo(sent);
    }
  }

  @Test
  void bytesBeginWithZeroAndTheSchemaId() {
    try (Serde<TrainingExample> serde = serdes.serde(TOPICS.examples())) {
      ByteBuffer bytes = ByteBuffer.wrap(serde.serializer().serialize("examples", example()));

      assertThat(bytes.get()).isZero();
      assertThat(bytes.getInt()).isPositive();
    }
  }

  @Test
  void bytesThatAreNotInTheWireFormatAreRefused() {
    byte[] wrong = "no avro".getBytes(StandardCharsets.UTF_8);
    try (Serde<TrainingExample> serde = serdes.serde(TOPICS.examples())) {
      assertThatThrownBy(() -> serde.deserializer().deserialize("examples", wrong))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByName() {
    try (Serde<TrainingExample> writer = serdes.serde(TOPICS.examples());
        Serde<AdapterState> reader = serdes.serde(TOPICS.adapters())) {
      byte[] bytes = writer.serializer().serialize("adapters", example());

      assertThatThrownBy(() -> reader.deserializer().deserialize("adapters", bytes))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("TrainingExample")
          .hasMessageContaining("AdapterState");
    }
  }

  @Test
  void aMissingRegistryUrlIsNamed() {
    assertThatThrownBy(() -> new AvroSerdes(Map.of()))
        .hasMessageContaining("schema.registry.url is missing");
  }

  private static TrainingExample example() {
    return TrainingExample.newBuilder()
        .setId("e1")
        .setAdapter("support")
        .setPrompt("the lumo shows error 4. what now?")
        .setCompletion("reset the lumo")
        .setEventTime(Instant.ofEpochMilli(1_700_000_000_000L))
        .build();
  }
}
