package io.alluvium.streams.bench.speed.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.streams.config.StreamsAppConfig;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Makes the topics of an application and fills both that it reads. */
public record TopicFiller(StreamsAppConfig config) {

  /** Sends all of a workload and waits until the broker has it. */
  public void fill(Workload load) {
    Topics topics = config.topics();
    Map<String, Object> broker =
        Map.of("bootstrap.servers", config.kafka().get("bootstrap.servers"));
    try (Admin admin = Admin.create(broker);
        Serializer<SpecificRecord> serializer = new AvroSerdes(config.registry()).serializer();
        Producer<byte[], byte[]> producer = producer()) {
      TopicSetup.ensure(admin, config.allTopics());
      send(
          producer,
          load,
          topics.examples(),
          i -> serializer.serialize(topics.examples().name(), load.example(i)));
      send(
          producer,
          load,
          topics.scored(),
          i -> serializer.serialize(topics.scored().name(), load.scored(i)));
    }
  }

  private Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            config.kafka().get("bootstrap.servers"),
            "linger.ms",
            20,
            "batch.size",
            200_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(
      Producer<byte[], byte[]> producer, Workload load, Topic<?> topic, IntFunction<byte[]> value) {
    for (int i = 0; i < load.records(); i++) {
      // Flushed before it is measured; what is lost would be waited for in vain.
      var unused =
          producer.send(
              new ProducerRecord<>(topic.name(), load.adapter(i).getBytes(UTF_8), value.apply(i)));
    }
    producer.flush();
  }
}
