package io.alluvium.monitoring.live;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Sends examples in waves: most are good, a few are of every kind that stages refuse. */
final class ExampleStream implements AutoCloseable {
  private static final int GOOD = 48;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Serializer<TrainingExample> serializer;
  private final String topic;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private int wave;

  ExampleStream(LocalStack stack, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.serializer =
        new AvroSerdes(Map.of("schema.registry.url", stack.registryUrl())).serializer();
  }

  /** Sends the next wave for each of the adapters. */
  void wave(String... adapters) throws ExecutionException, InterruptedException {
    wave++;
    for (String adapter : adapters) {
      for (int i = 0; i < GOOD; i++) {
        send(adapter, wave + "-" + i, "the lamp number " + (wave * GOOD + i) + " is green");
      }
      send(adapter, wave + "-0", "sent twice");
      send(adapter, wave + "-empty", "");
      send(adapter, bytes("no Avro"));
    }
    producer.flush();
    for (Future<RecordMetadata> acknowledged : sent) {
      acknowledged.get();
    }
    sent.clear();
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }

  private void send(String adapter, String id, String completion) {
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId(id)
            .setAdapter(adapter)
            .setPrompt("what colour is the lamp? ")
            .setCompletion(completion)
            .setEventTime(Instant.now())
            .build();
    send(adapter, serializer.serialize(topic, example));
  }

  private void send(String adapter, byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, bytes(adapter), value)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
