package io.alluvium.cli.suite;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.TopicReader;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.Topic;
import io.alluvium.streams.admit.suite.SuiteBook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The suites topic, read and written. */
final class SuiteWriter {
  private SuiteWriter() {}

  /** The last record of each item. */
  static Collection<SuiteItem> all(Cluster cluster) {
    Map<String, SuiteItem> items = new LinkedHashMap<>();
    try (TopicReader<SuiteItem> reader = cluster.read(cluster.topics().suites())) {
      reader.rest().forEach(entry -> items.put(entry.key(), entry.value()));
    }
    return items.values();
  }

  /**
   * Writes records.
   *
   * @throws CommandException when the broker refuses one
   */
  static void write(Cluster cluster, List<SuiteItem> items) {
    Topic<SuiteItem> topic = cluster.topics().suites();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, byte[]> producer = cluster.producer();
        var serializer = cluster.serdes().<SuiteItem>serializer()) {
      for (SuiteItem item : items) {
        byte[] value = serializer.serialize(topic.name(), item);
        sent.add(producer.send(new ProducerRecord<>(topic.name(), SuiteBook.key(item), value)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException refused) {
      throw CommandException.failed(
          "the broker refused an item (%s)".formatted(refused.getCause()), refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }
}
