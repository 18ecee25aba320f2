package io.alluvium.cli.suite.item;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.SuiteKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The suites topic, read and written. */
public final class SuiteWriter {
  private SuiteWriter() {}

  /** The last record of each item. */
  public static Collection<SuiteItem> all(Cluster cluster) {
    Map<String, SuiteItem> items = new LinkedHashMap<>();
    try (TopicReader<SuiteItem> reader = cluster.read(cluster.topics().suites())) {
      reader.rest().forEach(entry -> items.put(entry.key(), entry.value()));
    }
    return items.values();
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
