package io.alluvium.streams.wire;

import io.alluvium.schemas.Topic;
import io.alluvium.streams.wire.Decoded.Failed;
import io.alluvium.streams.wire.Decoded.Failure;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes of one topic to values, by Confluent's own deserializer.
 *
 * <p>The writer's schema is fetched first, so that what goes wrong afterwards is known to lie in
 * the bytes and not in the registry.
 *
 * @param <V> the value type
 */
public final class Decoder<V extends SpecificRecord> {
  private static final int MAGIC = 0;
  private static final int HEADER_BYTES = 5;

  private final Topic<V> topic;
  private final SchemaRegistryClient registry;
  private final RegistryPatience patience;
  private final KafkaAvroDeserializer genuine;
  private final Schema reader;

  /** Compatibility of each writer schema seen; as many entries as the registry has schemas. */
  private final Map<Integer, Boolean> readable = new ConcurrentHashMap<>();

  Decoder(
      Topic<V> topic,
      SchemaRegistryClient registry,
      RegistryPatience patience,
      KafkaAvroDeserializer genuine) {
    this.topic = topic;
    this.registry = registry;
    this.patience = patience;
    this.genuine = genuine;
    this.reader = SpecificData.get().getSchema(topic.valueType());
  }

  /**
   * Decodes one value.
   *
   * @throws io.alluvium.schemas.RegistryUnavailableException when the writer's schema is not known
   *     here yet and the registry does not answer within the patience
   */
  public Decoded<V> decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
      return new Failed<>(Failure.UNDECODABLE, noWireFormat(bytes));
    }
    int schemaId = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    try {
      return readable.computeIfAbsent(schemaId, this::isReadable)
          ? decodeKnown(bytes)
          : new Failed<>(Failure.WRONG_TYPE, wrongType(schemaId));
    } catch (UnknownSchemaException unknown) {
      return new Failed<>(
          Failure.UNKNOWN_SCHEMA, "schema id %d is %s".formatted(schemaId, unknown.getMessage()));
    }
  }

  private Decoded<V> decodeKnown(byte[] bytes) {
    try {
      Object value = genuine.deserialize(topic.name(), bytes, reader);
      return new Decoded.Value<>(Objects.requireNonNull(topic.valueType().cast(value)));
    } catch (SerializationException broken) {
      return new Failed<>(Failure.UNDECODABLE, rootMessage(broken));
    }
  }

  private boolean isReadable(int schemaId) {
    return switch (SchemaCompatibility.checkReaderWriterCompatibility(reader, writer(schemaId))
        .getType()) {
      case COMPATIBLE -> true;
      case INCOMPATIBLE, RECURSION_IN_PROGRESS -> false;
    };
  }

  private Schema writer(int schemaId) {
    Object schema =
        patience.ask(() -> registry.getSchemaBySubjectAndId(topic.subject(), schemaId).rawSchema());
    return schema instanceof Schema avro ? avro : Schema.create(Schema.Type.NULL);
  }

  private String wrongType(int schemaId) {
    return "schema id %d is %s, which cannot be read as %s"
        .formatted(schemaId, writer(schemaId).getFullName(), reader.getFullName());
  }

  private static String noWireFormat(byte[] bytes) {
    return bytes.length < HEADER_BYTES
        ? "%d bytes are too few for magic byte and schema id".formatted(bytes.length)
        : "first byte is 0x%02x, the Confluent wire format begins with 0x00".formatted(bytes[0]);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "%s: %s".formatted(root.getClass().getSimpleName(), root.getMessage());
  }
}
