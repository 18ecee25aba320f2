package io.alluvium.streams.bench.speed;

import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.watch.lag.LagReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/** A look at what waits, as the application takes one every few seconds. */
record LagQueryTime(StreamsConfig settings, StreamsAppConfig config) {
  private static final double NANOS = 1e9;

  /** How long it takes once the clients are there. */
  double seconds() {
    Map<String, Object> broker =
        Map.of(
            "bootstrap.servers",
            config.kafka().get("bootstrap.servers"),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "max.partition.fetch.bytes",
            1024);
    String group = settings.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    List<String> topics =
        List.of(config.topics().examples().name(), config.topics().scored().name());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.get("bootstrap.servers")));
        Consumer<byte[], byte[]> peek =
            new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      LagReader reader =
          new LagReader(
              peek,
              () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(),
              InstantSource.system());
      reader.of(topics);
      long beganNs = System.nanoTime();
      reader.of(topics);
      return (System.nanoTime() - beganNs) / NANOS;
    }
  }
}
