package io.alluvium.cli.explain.recall;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.explain.fact.Place;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.claim.recall.Shelf;
import java.time.Duration;
import java.util.List;

/** Records of training topics by their offsets. */
public final class RecordLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long SHELF_BYTES = 64L << 20;

  private final Recall recall;

  /**
   * Reads one topic of a cluster.
   *
   * @param topic the training topic, or that of a lane
   */
  public RecordLog(Cluster cluster, String topic) {
    this.recall =
        new Recall(
            () ->
                OffsetReader.open(
                    cluster.kafka(), Sources.of(topic), new Shelf(SHELF_BYTES), PATIENCE),
            new RecordReader<WeightedExample>(
                cluster.serdes().deserializer(cluster.topics().training()), PATIENCE));
  }

  /**
   * An adapter's records in one partition, in the order of offsets; those that retention removed
   * are left out.
   */
  public List<Entry> at(String adapter, Place partition, List<Long> offsets) {
    return recall.read(adapter, Sources.number(partition.topic(), partition.partition()), offsets);
  }

  @Override
  public void close() {
    recall.close();
  }
}
