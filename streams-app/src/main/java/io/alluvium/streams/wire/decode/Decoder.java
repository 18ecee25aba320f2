package io.alluvium.streams.wire.decode;

import io.alluvium.schemas.registry.ForeignSchema;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.wire.decode.Decoded.Failed;
import io.alluvium.streams.wire.decode.Decoded.Failure;
import io.alluvium.streams.wire.registry.CodecChoice;
import io.alluvium.streams.wire.registry.RegistryPatience;
import io.alluvium.streams.wire.registry.UnknownSchemaException;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes of one topic to values, by Confluent's own deserializer.
 *
 * <p>The writer's schema is fetched first, so that what goes wrong afterwards is known to lie in
 * the bytes and not in the registry. Belongs to one thread.
 *
 * @param <V> the value type
 */
public final class Decoder<V extends SpecificRecord> {
  private static final int MAGIC = 0;
  private static final int HEADER_BYTES = 5;

  private final Topic<V> topic;
  private final Source source;
  private final Schema reader;

  /** Readers of schemas whose first value came out the same as the genuine one's. */
  private final Map<Integer, PlainReader<V>> plain = new HashMap<>();

  /** Compatibility of each writer schema seen; as many entries as the registry has schemas. */
  private final Map<Integer, Boolean> readable = new HashMap<>();

  /** For the values of a topic. */
  public Decoder(Topic<V> topic, Source source) {
    this.topic = topic;
    this.source = source;
    this.reader = SpecificData.get().getSchema(topic.valueType());
  }

  /**
   * What decoders rest on.
   *
   * @param registry knows the writers' schemas
   * @param patience how long it is waited for
   * @param genuine Confluent's own
   * @param handling who decodes once a schema is known
   */
  public record Source(
      SchemaRegistryClient registry,
      RegistryPatience patience,
      KafkaAvroDeserializer genuine,
      CodecChoice handling) {}

  /**
   * Decodes one value that ends where the bytes end: what stands behind it would be looked at by no
   * rule. Rules of the registry may put it there, so where they are asked for it may stay.
   *
   * @throws io.alluvium.schemas.setup.RegistryUnavailableException as {@link #decode}
   */
  public Decoded<V> decodeWhole(byte[] bytes) {
    Decoded<V> decoded = decode(bytes);
    return decoded instanceof Decoded.Value<V> known && known.behind() > 0
        ? new Failed<>(
            Failure.UNDECODABLE, "%d bytes stand behind the value's end".formatted(known.behind()))
        : decoded;
  }

  /**
   * Decodes one value, whatever stands behind its end: builds before took that in.
   *
   * @throws io.alluvium.schemas.setup.RegistryUnavailableException when the writer's schema is not
   *     known here yet and the registry does not answer within the patience
   */
  public Decoded<V> decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
      return new Failed<>(Failure.UNDECODABLE, noWireFormat(bytes));
    }
    int schemaId = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    try {
      return readable.computeIfAbsent(schemaId, this::isReadable)
          ? decodeKnown(schemaId, bytes)
          : new Failed<>(Failure.WRONG_TYPE, wrongType(schemaId));
    } catch (UnknownSchemaException unknown) {
      return new Failed<>(
          Failure.UNKNOWN_SCHEMA, "schema id %d is %s".formatted(schemaId, unknown.getMessage()));
    }
  }

  private Decoded<V> decodeKnown(int schemaId, byte[] bytes) {
    PlainReader<V> plainly = plain.get(schemaId);
    Optional<Decoded.Value<V>> value =
        plainly == null ? Optional.empty() : plainly.value(bytes, HEADER_BYTES);
    return value.isPresent() ? value.get() : decodeGenuinely(schemaId, bytes);
  }

  /** The first value of a schema, and whatever is broken: it is Confluent's to say how. */
  private Decoded<V> decodeGenuinely(int schemaId, byte[] bytes) {
    try {
      V value =
          Objects.requireNonNull(
              topic.valueType().cast(source.genuine.deserialize(topic.name(), bytes, reader)));
      int behind =
          source.handling == CodecChoice.DIRECT && !plain.containsKey(schemaId)
              ? learn(schemaId, bytes, value)
              : 0;
      return new Decoded.Value<>(value, behind);
    } catch (SerializationException broken) {
      return new Failed<>(Failure.UNDECODABLE, rootMessage(broken));
    }
  }

  /** How many bytes stand behind the value, as far as that can be told. */
  private int learn(int schemaId, byte[] bytes, V value) {
    PlainReader<V> candidate = new PlainReader<>(topic.valueType(), writer(schemaId), reader);
    Optional<Decoded.Value<V>> again = candidate.value(bytes, HEADER_BYTES);
    if (again.isPresent() && again.get().value().equals(value)) {
      plain.put(schemaId, candidate);
    }
    return again.map(Decoded.Value::behind).orElse(0);
  }

  private boolean isReadable(int schemaId) {
    return switch (SchemaCompatibility.checkReaderWriterCompatibility(reader, writer(schemaId))
        .getType()) {
      case COMPATIBLE -> true;
      case INCOMPATIBLE, RECURSION_IN_PROGRESS -> false;
    };
  }

  private Schema writer(int schemaId) {
    return parsed(schemaId).rawSchema() instanceof Schema avro
        ? avro
        : Schema.create(Schema.Type.NULL);
  }

  private ParsedSchema parsed(int schemaId) {
    return source.patience.ask(
        () -> source.registry.getSchemaBySubjectAndId(topic.subject(), schemaId));
  }

  private String wrongType(int schemaId) {
    return parsed(schemaId) instanceof ForeignSchema foreign
        ? "schema id %d %s".formatted(schemaId, foreign.why())
        : "schema id %d is %s, which cannot be read as %s"
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
