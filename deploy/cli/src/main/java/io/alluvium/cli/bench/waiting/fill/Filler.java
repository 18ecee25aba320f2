package io.alluvium.cli.bench.waiting.fill;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.WeightedExample;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes many records to the topic training, as streams-app would. */
public final class Filler {
  private static final Map<String, String> QUICK =
      Map.of("compression.type", "lz4", "linger.ms", "50", "batch.size", "262144");
  private static final int BETWEEN_LOOKS = 4_096;

  private final Cluster cluster;
  private final Terminal terminal;

  /**
   * Into a cluster.
   *
   * @param clients how it is reached
   */
  public Filler(ClientSettings clients, Terminal terminal) {
    ClientSettings quick = clients;
    for (Map.Entry<String, String> setting : QUICK.entrySet()) {
      quick = quick.with(setting.getKey(), setting.getValue());
    }
    this.cluster = new Cluster(quick);
    this.terminal = terminal;
  }

  /**
   * Records of one adapter that follow each other.
   *
   * @param first number of the first
   * @param records how many
   */
  public record Lot(String adapter, Stencil.Text text, long first, long records) {
    /** From number 0 on. */
    public Lot(String adapter, Stencil.Text text, long records) {
      this(adapter, text, 0, records);
    }
  }

  /**
   * Sends all of them, lot by lot, and waits until the broker has them.
   *
   * @throws CommandException when it refuses one
   */
  public void send(List<Lot> lots) {
    AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
    long all = lots.stream().mapToLong(Lot::records).sum();
    try (KafkaProducer<String, byte[]> producer = cluster.producer();
        Serializer<WeightedExample> serializer = cluster.serdes().serializer();
        Progress progress = Progress.start(terminal, "records written", all)) {
      Writing writing = new Writing(producer, progress, refused);
      String topic = cluster.topics().training().name();
      for (Lot lot : lots) {
        Stencil stencil =
            Stencil.of(lot.adapter(), lot.text(), value -> serializer.serialize(topic, value));
        writing.write(topic, lot, stencil);
      }
      producer.flush();
    }
    check(refused.get());
  }

  private static void check(@Nullable Exception refused) {
    if (refused != null) {
      throw CommandException.failed(
          "the broker refused a record (%s): is the disk full?".formatted(refused.getMessage()),
          refused);
    }
  }

  private static final class Writing {
    private final KafkaProducer<String, byte[]> producer;
    private final Progress progress;
    private final AtomicReference<@Nullable Exception> refused;
    private long sent;

    Writing(
        KafkaProducer<String, byte[]> producer,
        Progress progress,
        AtomicReference<@Nullable Exception> refused) {
      this.producer = producer;
      this.progress = progress;
      this.refused = refused;
    }

    void write(String topic, Lot lot, Stencil stencil) {
      for (long n = lot.first(); n < lot.first() + lot.records(); n++) {
        producer.send(
            new ProducerRecord<>(topic, lot.adapter(), stencil.at(n)),
            (where, fault) -> {
              if (fault != null) {
                refused.compareAndSet(null, fault);
              }
            });
        if (++sent % BETWEEN_LOOKS == 0) {
          progress.at(sent);
          check(refused.get());
        }
      }
    }
  }
}
