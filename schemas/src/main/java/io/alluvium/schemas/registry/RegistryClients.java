package io.alluvium.schemas.registry;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;

/**
 * Confluent's registry client, so that it tells a schema that is not for us from a registry that
 * does not answer. Alone it says the same of both.
 */
public final class RegistryClients {
  private static final int CACHED_SCHEMAS = 1000;
  private static final String URL = "schema.registry.url";

  /** Confluent's key: for so many seconds an id that is unknown is not asked for again. */
  private static final String UNKNOWN_FOR = "missing.id.cache.ttl.sec";

  private static final long UNKNOWN_SECONDS = 30;

  /** The client casts these to what a program would have put there, and a file has only text. */
  private static final String SECONDS = ".ttl.sec";

  private static final String ENTRIES = "missing.cache.size";

  private RegistryClients() {}

  /**
   * A client that is the caller's to close.
   *
   * @param registry Confluent's keys and values; schema.registry.url is required
   */
  public static SchemaRegistryClient open(Map<String, String> registry) {
    return SchemaRegistryClientFactory.newClient(
        Arrays.asList(registry.getOrDefault(URL, "").split(",")),
        CACHED_SCHEMAS,
        List.of(new OurAvro(), new Foreign("PROTOBUF"), new Foreign("JSON")),
        typed(registry),
        Map.of());
  }

  private static Map<String, Object> typed(Map<String, String> registry) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(UNKNOWN_FOR, UNKNOWN_SECONDS);
    registry.forEach((key, value) -> settings.put(key, typed(key, value)));
    return settings;
  }

  private static Object typed(String key, String value) {
    if (key.endsWith(SECONDS)) {
      return Long.valueOf(value);
    }
    return key.equals(ENTRIES) ? Integer.valueOf(value) : value;
  }

  /** What Avro refuses is known for good; what it could not be asked is not. */
  private static final class OurAvro extends AvroSchemaProvider {
    @Override
    public ParsedSchema parseSchemaOrElseThrow(Schema schema, boolean isNew, boolean normalize) {
      try {
        return super.parseSchemaOrElseThrow(schema, isNew, normalize);
      } catch (AvroRuntimeException refused) {
        return new ForeignSchema(
            schemaType(), schema.getSchema(), "is refused by Avro: " + refused.getMessage());
      }
    }
  }

  private record Foreign(String schemaType) implements SchemaProvider {
    @Override
    public ParsedSchema parseSchemaOrElseThrow(Schema schema, boolean isNew, boolean normalize) {
      return new ForeignSchema(
          schemaType, schema.getSchema(), "is of type %s and not AVRO".formatted(schemaType));
    }
  }
}
