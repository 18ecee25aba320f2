package io.alluvium.trainer.publish.lineage;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.publish.settle.Settling;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** The lineage, kept up with its two topics. For the polling thread. */
public final class LineageFollower implements AutoCloseable {
  private final Lineage lineage;
  private final Sources sources;
  private final Logs logs;
  private final Settling settling;

  /** Where a lineage stands; closed with its follower. */
  public record Logs(LogReader<AdapterVersion> versions, LogReader<AdapterState> states)
      implements AutoCloseable {
    @Override
    public void close() {
      try (versions) {
        states.close();
      }
    }
  }

  /**
   * Follows.
   *
   * @param sources the training topic and its lanes
   * @param logs the two topics
   * @param settling waits for what a commit has not marked yet
   */
  public LineageFollower(Sources sources, Logs logs, Settling settling) {
    this.lineage = new Lineage(sources);
    this.sources = sources;
    this.logs = logs;
    this.settling = settling;
  }

  /** What the log said when it was last read. */
  public Lineage lineage() {
    return lineage;
  }

  /** Reads both topics to their committed ends. */
  public void catchUp() {
    logs.versions().catchUp(lineage::take);
    logs.states().catchUp(lineage::take);
  }

  /** URIs of all artifacts that events name, read to the topics' committed ends. */
  public Set<String> artifacts() {
    catchUp();
    return lineage.artifacts();
  }

  /**
   * Holds the events of a partition against its end.
   *
   * @param end offset after the partition's last record
   * @throws ChainBrokenException when an event's window lies behind it
   */
  public void requireRecords(int partition, long end) {
    long furthest = lineage.partition(partition).furthest();
    if (furthest > end) {
      throw new ChainBrokenException(
          "%s ends at offset %d, but a version event's window ends at %d: the topic was made anew; restore it, or train into a fresh topicPrefix"
              .formatted(sources.name(partition), end, furthest));
    }
  }

  /**
   * Holds the committed offset of a partition against its events.
   *
   * @throws ChainBrokenException when they contradict each other for good
   */
  public void check(int partition, OffsetAndMetadata committed) {
    String awaited = "events of " + sources.name(partition);
    if (!settling.settles(awaited, () -> agrees(partition, committed))) {
      throw new ChainBrokenException(
          "%s: committed offset is %d (%s), of %d version events the last left %d: somebody reset the group or the topics; set the group's offset to that of the event"
              .formatted(
                  sources.name(partition),
                  committed.offset(),
                  committed.metadata(),
                  lineage.partition(partition).count(),
                  lineage.partition(partition).watermark()));
    }
  }

  /**
   * Reads on until an adapter's state is that of its last event.
   *
   * @throws ChainBrokenException when it stays behind
   */
  public void awaitState(String adapter) {
    if (!settling.settles("state of " + adapter, () -> stateAgrees(adapter))) {
      throw new ChainBrokenException(
          "adapter %s: its state does not follow its version %d: restore the topic adapters, or train into a fresh topicPrefix"
              .formatted(adapter, lineage.line(adapter).lastVersion()));
    }
  }

  /**
   * Reads on until an adapter's state tells of its answered orders.
   *
   * @param below offset in adapter.commands below which all are answered
   * @throws ChainBrokenException when it stays behind
   */
  public void awaitAnswers(String adapter, long below) {
    if (!settling.settles("answers to " + adapter, () -> answered(adapter, below))) {
      throw new ChainBrokenException(
          "adapter %s: its state does not tell of the orders below offset %d: restore the topic adapters, or train into a fresh topicPrefix"
              .formatted(adapter, below));
    }
  }

  private boolean answered(String adapter, long below) {
    catchUp();
    return lineage.state(adapter).filter(state -> state.getOrdersBelow() == below).isPresent();
  }

  private boolean stateAgrees(String adapter) {
    catchUp();
    return lineage
        .state(adapter)
        .filter(state -> state.getLastVersion() >= lineage.line(adapter).lastVersion())
        .isPresent();
  }

  private boolean agrees(int partition, OffsetAndMetadata committed) {
    catchUp();
    return OffsetMark.agrees(committed, lineage.partition(partition));
  }

  @Override
  public void close() {
    logs.close();
  }
}
