package io.alluvium.trainer.bench.forgetting.run;

import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.claim.recall.Shelf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One partition of the training topic, whole in memory: rounds read it as they read the log. */
public final class InMemoryLog implements AutoCloseable {
  /** The topic that it stands for. */
  public static final Sources SOURCES = Sources.of("training");

  private static final long ROOM = 1L << 30;

  /** Nobody listens there, and nobody is asked: every record is on the shelf. */
  private static final Map<String, String> NOWHERE = Map.of("bootstrap.servers", "127.0.0.1:1");

  private final List<WeightedExample> records = new ArrayList<>();
  private final Shelf shelf = new Shelf(ROOM);
  private final Recall recall =
      new Recall(
          () -> OffsetReader.open(NOWHERE, SOURCES, shelf, Duration.ofSeconds(1)),
          new RecordReader<>(
              (topic, offset) ->
                  records.get(Integer.parseInt(new String(offset, StandardCharsets.UTF_8))),
              Duration.ofSeconds(1)));

  /** Appends a record; its offset. */
  long append(WeightedExample record) {
    long offset = records.size();
    records.add(record);
    String adapter = record.getScored().getExample().getAdapter();
    shelf.put(
        new ConsumerRecord<>(
            "training",
            0,
            offset,
            adapter.getBytes(StandardCharsets.UTF_8),
            Long.toString(offset).getBytes(StandardCharsets.UTF_8)));
    return offset;
  }

  /** The offset that the next record gets. */
  long end() {
    return records.size();
  }

  Recall recall() {
    return recall;
  }

  @Override
  public void close() {
    recall.close();
  }
}
