package io.alluvium.schemas.registry;

import io.alluvium.schemas.topic.Topic;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's own Avro serializers, set up with Confluent's own keys (schema.registry.url,
 * basic.auth.*, auto.register.schemas, use.latest.version …), so that a user's registry settings
 * work unchanged. Bytes are magic 0, the schema id as four bytes, big endian, then Avro binary.
 */
public final class AvroSerdes {
  private final Map<String, String> registry;

  /**
   * Takes a user's settings.
   *
   * @param registry Confluent's keys and values; schema.registry.url is required
   */
  public AvroSerdes(Map<String, String> registry) {
    if (!registry.containsKey("schema.registry.url")) {
      throw new IllegalArgumentException(
          "registry.schema.registry.url is missing: name the schema registry, for example http://127.0.0.1:8081");
    }
    Map<String, String> settings = new HashMap<>(registry);
    settings.put("specific.avro.reader", "true");
    this.registry = Map.copyOf(settings);
  }

  /** Serde for the values of a topic. */
  public <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
    return Serdes.serdeFrom(serializer(), deserializer(topic));
  }

  /** Serializer for values of any of our types; the subject follows from the topic it is given. */
  public <V extends SpecificRecord> Serializer<V> serializer() {
    KafkaAvroSerializer genuine = new KafkaAvroSerializer(RegistryClients.open(registry), registry);
    return new Serializer<>() {
      @Override
      public byte[] serialize(String name, V value) {
        return genuine.serialize(name, value);
      }

      @Override
      public void close() {
        genuine.close();
      }
    };
  }

  /**
   * Deserializer for the values of a topic.
   *
   * @throws org.apache.kafka.common.errors.SerializationException (from the deserializer) for bytes
   *     that are not in the wire format, of an unknown schema, or of another type
   */
  public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
    SchemaRegistryClient client = RegistryClients.open(registry);
    KafkaAvroDeserializer genuine = new KafkaAvroDeserializer(client, registry);
    return new Deserializer<>() {
      @Override
      public V deserialize(String name, byte[] bytes) {
        try {
          return checked(topic, genuine.deserialize(name, bytes));
        } catch (ClassCastException foreign) {
          throw new SerializationException(explained(client, topic, bytes), foreign);
        }
      }

      @Override
      public void close() {
        genuine.close();
      }
    };
  }

  /** Confluent's deserializer takes every schema for Avro's. */
  private static String explained(SchemaRegistryClient client, Topic<?> topic, byte[] bytes) {
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    try {
      return client.getSchemaBySubjectAndId(topic.subject(), id) instanceof ForeignSchema schema
          ? "schema id %d %s".formatted(id, schema.why())
          : "schema id %d is of another type".formatted(id);
    } catch (IOException | RestClientException gone) {
      return "schema id %d is of another type".formatted(id);
    }
  }

  private static <V extends SpecificRecord> V checked(Topic<V> topic, Object value) {
    if (value == null || topic.valueType().isInstance(value)) {
      return topic.valueType().cast(value);
    }
    throw new SerializationException(
        "%s holds a %s where %s is expected"
            .formatted(topic.name(), value.getClass().getName(), topic.valueType().getName()));
  }
}
