package io.alluvium.cli.demo.flow;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.demo.ledger.Ledger;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.WeightedExample;
import java.time.Duration;
import java.util.List;

/** Reads what the system says of itself on its topics, into the ledger. One thread. */
public final class Observation implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);

  private final TopicReader<Rejection> rejections;
  private final TopicReader<WeightedExample> training;
  private final TopicReader<AdapterVersion> versions;
  private final Ledger ledger = new Ledger();

  /** Reads the topics of a cluster from their beginning. */
  public Observation(Cluster cluster) {
    rejections = cluster.read(cluster.topics().rejected());
    training = cluster.read(cluster.topics().training());
    versions = cluster.read(cluster.topics().versions());
  }

  /** Books what is new and returns the rounds that ended. */
  public List<AdapterVersion> look() {
    rejections.next(STEP).forEach(entry -> ledger.refused(entry.value()));
    training.next(STEP).forEach(ledger::arrived);
    List<AdapterVersion> ended =
        versions.next(STEP).stream().map(TopicReader.Entry::value).toList();
    ended.forEach(ledger::published);
    return ended;
  }

  /** Where every record is, as far as was looked. */
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    rejections.close();
    training.close();
    versions.close();
  }
}
