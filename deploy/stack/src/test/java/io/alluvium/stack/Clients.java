package io.alluvium.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Speaks to broker and registry as users do. */
record Clients(LocalStack stack) {
  private static final String SCHEMA =
      "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"%s\\\",\\\"fields\\\":[]}\"}";

  void createTopic(String name) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(bootstrap())) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  /** Sends in one transaction. */
  void send(String topic, String... values) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", stack.bootstrapServers(), "transactional.id", "test");
    try (Producer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        // The commit fails when one of the sends does.
        var unused = producer.send(new ProducerRecord<>(topic, value));
      }
      producer.commitTransaction();
    }
  }

  /** Everything that was committed, oldest first. */
  List<String> read(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
    TopicPartition partition = new TopicPartition(topic, 0);
    List<String> values = new ArrayList<>();
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  /** Registers a record schema of this name; the answer holds its id. */
  String register(String name) throws IOException, InterruptedException {
    return exchange(
        HttpRequest.newBuilder(URI.create(stack.registryUrl() + "/subjects/" + name + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(SCHEMA.formatted(name)))
            .build());
  }

  String get(String path) throws IOException, InterruptedException {
    return exchange(HttpRequest.newBuilder(URI.create(stack.registryUrl() + path)).build());
  }

  private Map<String, Object> bootstrap() {
    return Map.of("bootstrap.servers", stack.bootstrapServers());
  }

  private static String exchange(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
        .body();
  }
}
