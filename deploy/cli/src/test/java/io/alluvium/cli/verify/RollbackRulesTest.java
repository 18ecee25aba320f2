package io.alluvium.cli.verify;

import static io.alluvium.cli.TestRecords.PARTITION;
import static io.alluvium.cli.TestRecords.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.verify.chain.Chain;
import io.alluvium.cli.verify.chain.Commit;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.OrderGiven;
import io.alluvium.schemas.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds of a history in which an adapter went back to an earlier release. */
class RollbackRulesTest extends WrittenHistory {
  /** It is an event of the partition, consumes nothing, and later rounds come from its release. */
  @Test
  void aRollbackIsCountedAndWhatComesAfterItComesFromItsRelease() {
    change(2, event -> event.setOutcome(Outcome.RELEASED).setArtifact(release(3)));
    events.add(rollback(4, 1));
    events.add(version(5, 8, 10, Outcome.REJECTED));
    change(4, event -> event.setParentVersion(1L));
    commit = new Commit(10, "events=5 position=10 waiting=0");
    assertThat(check()).isEmpty();
    Chain chain = chain();
    chain.compare(state(1, 4));
    chain.compare(state(3, 3));
    assertThat(findings.lines()).isEmpty();
    chain.compare(state(3, 4));
    assertThat(findings.lines())
        .contains("state: support serves version 3, but the newest release is 1");
  }

  @Test
  void aRoundAfterARollbackThatComesFromWhatWasRolledBackIsNamed() {
    change(2, event -> event.setOutcome(Outcome.RELEASED).setArtifact(release(3)));
    events.add(rollback(4, 1));
    events.add(version(5, 8, 10, Outcome.REJECTED));
    change(4, event -> event.setParentVersion(3L));
    commit = new Commit(10, "events=5 position=10 waiting=0");
    assertThat(check())
        .containsExactly(
            "lineage: support version 5 names parent 3, but the newest release before it is 1");
  }

  @Test
  void aRollbackToWhatWasNeverReleasedOrThatConsumesIsNamed() {
    events.add(rollback(4, 2));
    change(3, event -> event.getWindowBuilder().setNextOffset(9));
    commit = new Commit(8, "events=4 position=10 waiting=2");
    assertThat(check())
        .containsExactly(
            "lineage: support version 4 goes back to version 2, which was never released",
            "miscounted: support version 4 is ROLLED_BACK and consumes records");
  }

  @Test
  void aRollbackThatIsNotCountedIsNamed() {
    events.add(rollback(4, 1));
    commit = new Commit(8, "events=3 position=10 waiting=2");
    assertThat(check())
        .containsExactly("offsets: the note of training-2 says 3 events, there are 4");
  }

  private AdapterVersion rollback(long version, long to) {
    AdapterVersion release = events.get(0);
    return AdapterVersion.newBuilder(release)
        .setVersion(version)
        .setOutcome(Outcome.ROLLED_BACK)
        .setParentVersion(to)
        .setWindow(new OffsetRange("training", PARTITION, 8L, 8L))
        .setWatermark(8L)
        .setOrder(new OrderGiven("o", "ann", TIME, null))
        .build();
  }

  private static Artifact release(long version) {
    return new Artifact("file:///artifacts/" + version, List.of(), 0L);
  }
}
