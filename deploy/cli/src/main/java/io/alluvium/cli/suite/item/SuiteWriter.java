package io.alluvium.cli.suite.item;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.SuiteKey;
import java.util.List;

/** The suites topic, read and written. */
public final class SuiteWriter {
  private SuiteWriter() {}

  /** The last record of each item. */
  public static List<SuiteItem> all(Cluster cluster) {
    try (TopicReader<SuiteItem> reader = cluster.read(cluster.topics().suites())) {
      return reader.latest().stream().map(TopicReader.Entry::value).toList();
    }
  }

  /**
   * Writes records.
   *
   * @throws io.alluvium.cli.terminal.CommandException when the broker refuses one
   */
  public static void write(Cluster cluster, List<SuiteItem> items) {
    cluster.write(
        cluster.topics().suites(),
        items.stream().map(item -> new Keyed<>(SuiteKey.of(item), item)).toList());
  }
}
