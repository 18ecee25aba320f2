package io.alluvium.streams.wire;

import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.registry.RegistryClients;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.wire.decode.DecodeLimits;
import io.alluvium.streams.wire.decode.Decoder;
import io.alluvium.streams.wire.registry.CodecChoice;
import io.alluvium.streams.wire.registry.RegistryPatience;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** Decoders and serdes that share one registry client and its cache. */
public final class Wire {
  private static final String URL = "schema.registry.url";

  private final Map<String, String> settings;
  private final AvroSerdes serdes;
  private final RegistryPatience patience;
  private final SchemaRegistryClient client;
  private final CodecChoice handling;

  /**
   * Connects nothing yet; the registry is asked when the first schema is needed.
   *
   * @param registry Confluent's keys and values; schema.registry.url is required
   * @param patience how long a registry that does not answer is asked again
   */
  public Wire(Map<String, String> registry, Duration patience) {
    DecodeLimits.install();
    this.settings = new HashMap<>(registry);
    settings.put("specific.avro.reader", "true");
    String url = registry.getOrDefault(URL, "");
    this.serdes = new AvroSerdes(registry);
    this.handling = CodecChoice.of(registry);
    this.patience = new RegistryPatience(url, patience);
    this.client = RegistryClients.open(settings);
  }

  /** Decoder for the values of a topic. */
  public <V extends SpecificRecord> Decoder<V> decoder(Topic<V> topic) {
    return new Decoder<>(
        topic,
        new Decoder.Source(
            client, patience, new KafkaAvroDeserializer(client, settings), handling));
  }

  /** Serde for the values of a topic; writing waits for the registry like {@link Decoder}. */
  public <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
    Serializer<V> genuine = serdes.serializer();
    Serializer<V> patient = (name, value) -> patience.ask(() -> genuine.serialize(name, value));
    return Serdes.serdeFrom(
        handling == CodecChoice.DIRECT ? new Encoder<>(patient) : patient,
        serdes.deserializer(topic));
  }
}
