package io.alluvium.trainer;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.publish.ChainBrokenException;
import io.alluvium.trainer.publish.Lineage;
import io.alluvium.trainer.publish.OffsetMark;
import java.time.Duration;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** The lineage, kept up with its two topics. For the polling thread. */
final class History implements AutoCloseable {
  /** A transaction ends topic by topic: offsets may be seen a moment before the event. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Lineage lineage;
  private final String trainingTopic;
  private final LogReader<AdapterVersion> versions;
  private final LogReader<AdapterState> states;

  History(Wiring wiring) {
    this.trainingTopic = wiring.topics().training().name();
    this.lineage = new Lineage(trainingTopic);
    this.versions = wiring.log(wiring.topics().versions());
    this.states = wiring.log(wiring.topics().adapters());
  }

  /** What the log said when it was last read. */
  Lineage lineage() {
    return lineage;
  }

  /** Reads both topics to their committed ends. */
  void catchUp() {
    versions.catchUp(lineage::take);
    states.catchUp(lineage::take);
  }

  /**
   * Holds the committed offset of a partition against the last event of it.
   *
   * @throws ChainBrokenException when they contradict each other for good
   */
  void check(int partition, OffsetAndMetadata committed) {
    if (!settles(() -> agrees(partition, committed))) {
      throw new ChainBrokenException(
          "%s-%d: committed offset is %d (%s), the last version event ends at %s: somebody reset the group or the topics; set the group's offset to the event's"
              .formatted(
                  trainingTopic,
                  partition,
                  committed.offset(),
                  committed.metadata(),
                  lineage.nextOffset(partition)));
    }
  }

  /**
   * Reads on until an adapter's state is that of its last event.
   *
   * @throws ChainBrokenException when it stays behind
   */
  void awaitState(String adapter) {
    if (!settles(() -> stateAgrees(adapter))) {
      throw new ChainBrokenException(
          "adapter %s: its state does not follow its version %d: restore the topic adapters, or train into a fresh topicPrefix"
              .formatted(adapter, lineage.lastVersion(adapter)));
    }
  }

  private boolean stateAgrees(String adapter) {
    catchUp();
    return lineage
        .state(adapter)
        .filter(state -> state.getLastVersion() >= lineage.lastVersion(adapter))
        .isPresent();
  }

  private static boolean settles(CheckedSupplier<Boolean> agrees) {
    RetryPolicy<Boolean> settling =
        RetryPolicy.<Boolean>builder()
            .handleResult(false)
            .withMaxRetries(-1)
            .withDelay(PAUSE)
            .withMaxDuration(SETTLING)
            .build();
    return Failsafe.with(settling).get(agrees);
  }

  private boolean agrees(int partition, OffsetAndMetadata committed) {
    catchUp();
    return OffsetMark.agrees(committed, lineage.nextOffset(partition));
  }

  @Override
  public void close() {
    try (versions) {
      states.close();
    }
  }
}
