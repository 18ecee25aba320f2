package io.alluvium.cli.verify;

import static io.alluvium.cli.TestRecords.ADAPTER;
import static io.alluvium.cli.TestRecords.PARTITION;
import static io.alluvium.cli.TestRecords.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.verify.book.Book;
import io.alluvium.cli.verify.book.Line;
import io.alluvium.cli.verify.chain.Chain;
import io.alluvium.cli.verify.chain.Commit;
import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import org.junit.jupiter.api.Test;

/** Each rule broken alone in a history in which all is well. */
class RulesTest extends WrittenHistory {
  @Test
  void aHistoryInWhichAllIsWellHasOnlyZeros() {
    assertThat(check()).isEmpty();
    assertThat(totals.inWindows()).isEqualTo(8);
    assertThat(totals.waiting()).containsEntry(ADAPTER, new Book.Waiting(2, TIME));
  }

  @Test
  void aRecordBetweenTwoWindowsIsLost() {
    change(1, event -> event.getWindowBuilder().setFirstOffset(4));
    change(1, event -> event.getCountsBuilder().setExamples(2));
    assertThat(check())
        .containsExactly("lost: support has 1 records from training-2@3 to 3 in no window");
  }

  @Test
  void aRecordBeforeTheGroupsOffsetAndInNoWindowIsLost() {
    commit = new Commit(9, "events=3 position=10 waiting=1");
    assertThat(check())
        .containsExactly("lost: support has 1 records from training-2@8 to 8 in no window");
  }

  @Test
  void windowsThatOverlapAreDouble() {
    change(1, event -> event.getWindowBuilder().setFirstOffset(2));
    assertThat(check())
        .containsExactly(
            "double: support version 2 has window training-2 [2, 6), but support version 1 already had training-2 [0, 3)");
  }

  @Test
  void anAcceptedExampleThatComesTwiceIsDouble() {
    alter(4, value -> value.getScoredBuilder().getOriginBuilder().setOffset(3L));
    assertThat(check())
        .containsExactly(
            "double: training-2@4 comes from examples.accepted-2@3, as a record before it does");
  }

  @Test
  void aReplayMayComeFromWhereItStoodBefore() {
    alter(4, value -> value.getScoredBuilder().getOriginBuilder().setOffset(3L));
    alter(4, value -> value.setReplayOf(new RecordOrigin("training", PARTITION, 3L)));
    change(1, event -> event.getCountsBuilder().setReplayed(1));
    assertThat(check()).isEmpty();
  }

  @Test
  void aNumberThatIsLeftOutIsAGap() {
    change(2, event -> event.setVersion(4));
    assertThat(check()).containsExactly("gaps: support version 4 follows version 2");
  }

  @Test
  void countsThatAreNotWhatTheWindowHoldsAreNamed() {
    change(1, event -> event.getCountsBuilder().setExamples(4));
    assertThat(check())
        .containsExactly(
            "miscounted: support version 2 counts 4 records, its window training-2 [3, 6) holds 3");
  }

  @Test
  void aReplayThatIsNotCountedIsNamed() {
    alter(4, value -> value.setReplayOf(new RecordOrigin("training", PARTITION, 3L)));
    assertThat(check())
        .containsExactly(
            "miscounted: support version 2 counts 0 replays, its window training-2 [3, 6) holds 1");
  }

  @Test
  void aRefusedRecordThatCountsAsTrainedIsNamed() {
    rejections.add(rejection(4));
    assertThat(check())
        .containsExactly(
            "miscounted: support version 2 counts 0 refused records, 1 of its window are refused");
  }

  @Test
  void heldOutOffsetsOutsideTheWindowAreNamed() {
    keep(1, 7L);
    assertThat(check())
        .containsExactly(
            "held out: support version 2 lists held-out offsets outside its window training-2 [3, 6)",
            "held out: support version 2 lists 1 held-out records, 0 of them are its own in training-2 [3, 6)");
  }

  @Test
  void aListOfHeldOutRecordsThatIsTooShortIsNamed() {
    keep(1, 3L);
    change(1, event -> event.getCountsBuilder().setHeldOut(2));
    assertThat(check())
        .containsExactly("held out: support version 2 counts 2 held-out records and lists 1");
  }

  @Test
  void anExampleIsNotTrainedOnAfterItWasKept() {
    keep(0, 1L);
    again(4, "id-1");
    assertThat(check())
        .containsExactly(
            "held out: support version 2 trains on example id-1, which was kept from training before");
  }

  @Test
  void anExampleIsNotKeptAfterItWasTrainedOn() {
    keep(1, 4L);
    again(4, "id-1");
    assertThat(check())
        .containsExactly(
            "held out: support version 2 keeps example id-1 from training, which was trained on before");
  }

  @Test
  void aParentThatIsNotTheNewestReleaseIsNamed() {
    change(2, event -> event.setParentVersion(2L));
    assertThat(check())
        .containsExactly(
            "lineage: support version 3 names parent 2, but the newest release before it is 1");
  }

  @Test
  void aLineThatGoesOnFromNoHeadIsNamed() {
    change(2, event -> event.setTrainedFrom(1L));
    assertThat(check())
        .containsExactly(
            "lineage: support version 3 goes on from version 1, which is not the event before with a head");
  }

  @Test
  void aReleaseWithoutAFolderAndARejectionWithAHeadAreNamed() {
    change(2, event -> event.setHead(folder()));
    assertThat(check()).containsExactly("outcome: support version 3 is REJECTED and names a head");
    Findings others = new Findings();
    AdapterVersion bare =
        AdapterVersion.newBuilder(version(1, 0, 3, Outcome.RELEASED)).setArtifact(null).build();
    new Chain(others).accept(bare);
    assertThat(others.lines())
        .containsExactly("outcome: support version 1 is RELEASED and names no artifact");
  }

  @Test
  void aRecordOfNoAdapterMustBeRefused() {
    lines.set(7, new Line(7, "other", TIME, value(lines.get(7))));
    change(2, event -> event.getCountsBuilder().setExamples(1));
    assertThat(check())
        .containsExactly(
            "unrefused: training-2@7 belongs to no adapter and was passed without a refusal");
  }

  @Test
  void aRecordOfNoAdapterThatWasRefusedIsWell() {
    lines.set(7, new Line(7, null, TIME, null));
    change(2, event -> event.getCountsBuilder().setExamples(1));
    rejections.add(rejection(7));
    assertThat(check()).isEmpty();
  }

  @Test
  void aRecordThatIsRefusedTwiceIsNamed() {
    change(1, event -> event.getCountsBuilder().setExamples(2));
    change(1, event -> event.getCountsBuilder().setRejected(1));
    rejections.add(rejection(4));
    rejections.add(rejection(4));
    assertThat(check())
        .containsExactly("refused twice: training-2@4, the second time for TOO_LONG");
  }

  @Test
  void aGroupThatStandsBeforeItsLastEventIsNamed() {
    commit = new Commit(7, "");
    assertThat(check())
        .containsExactly("offsets: the group stands at 7 in training-2, before the last event's 8");
  }

  @Test
  void aNoteThatDoesNotAgreeIsNamed() {
    commit = new Commit(8, "events=2 position=10 waiting=1");
    assertThat(check())
        .containsExactly(
            "offsets: the note of training-2 says 2 events, there are 3",
            "offsets: the note of training-2 says 1 records wait, there are 2");
  }

  @Test
  void aNoteOfAnOldBuildNamesTheEndOfTheLastWindow() {
    commit = new Commit(8, "event-next=8");
    assertThat(check()).isEmpty();
  }

  @Test
  void aNoteOfAnOldBuildThatDoesNotAgreeIsNamed() {
    commit = new Commit(8, "event-next=6");
    assertThat(check())
        .containsExactly(
            "offsets: the note of training-2 is \"event-next=6\", the last event's window ends at 8");
  }

  @Test
  void aStateThatServesAnotherVersionIsNamed() {
    Chain chain = new Chain(findings);
    events.forEach(chain::accept);
    chain.compare(state(2));
    assertThat(findings.lines())
        .containsExactly("state: support serves version 2, but the newest release is 1");
  }

  @Test
  void whatRetentionTookIsNotHeldAgainstAnyone() {
    lines.subList(0, 2).clear();
    assertThat(check(2)).isEmpty();
  }
}
