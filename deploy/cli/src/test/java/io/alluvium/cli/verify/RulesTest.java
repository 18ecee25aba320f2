package io.alluvium.cli.verify;

import static io.alluvium.cli.TestRecords.ADAPTER;
import static io.alluvium.cli.TestRecords.PARTITION;
import static io.alluvium.cli.TestRecords.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.verify.book.Book;
import io.alluvium.cli.verify.book.Examples;
import io.alluvium.cli.verify.book.Line;
import io.alluvium.cli.verify.book.Refused;
import io.alluvium.cli.verify.chain.Chain;
import io.alluvium.cli.verify.chain.Commit;
import io.alluvium.cli.verify.chain.Commits;
import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.OrderGiven;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.WeightedExample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A history in which all is well, and each rule broken alone in it. */
class RulesTest {
  private static final String WHERE = "training-" + PARTITION;
  private static final Instant TIME = Instant.ofEpochSecond(1);

  private final Findings findings = new Findings();
  private final List<Line> lines = new ArrayList<>();
  private final List<AdapterVersion> events = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final Book.Totals totals = new Book.Totals();
  private Commit commit = new Commit(8, "events=3 position=10 waiting=2");

  /** Offsets 0 to 7 in three windows, 8 and 9 wait. */
  RulesTest() {
    for (int offset = 0; offset < 10; offset++) {
      lines.add(line(offset, "id-" + offset));
    }
    events.add(version(1, 0, 3, Outcome.RELEASED));
    events.add(version(2, 3, 6, Outcome.CONTINUED));
    change(1, event -> event.setParentVersion(1L));
    change(1, event -> event.setHead(folder()));
    events.add(version(3, 6, 8, Outcome.REJECTED));
    change(2, event -> event.setParentVersion(1L));
    change(2, event -> event.setTrainedFrom(2L));
    change(2, event -> event.setWatermark(8L));
  }

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

  private Chain chain() {
    Chain chain = new Chain(findings);
    events.forEach(chain::accept);
    return chain;
  }

  @Test
  void whatRetentionTookIsNotHeldAgainstAnyone() {
    lines.subList(0, 2).clear();
    assertThat(check(2)).isEmpty();
  }

  private List<String> check() {
    return check(0);
  }

  private List<String> check(long begin) {
    Refused refused = new Refused(findings);
    rejections.forEach(refused::accept);
    Commits commits = new Commits(findings, Map.of(WHERE, commit));
    Chain chain = new Chain(findings);
    events.forEach(commits::accept);
    events.forEach(chain::accept);
    Book.Place place =
        new Book.Place(
            "training", PARTITION, begin, commits.settledBelow(WHERE), commits.position(WHERE));
    Book.Source source =
        new Book.Source(
            any -> findings,
            (adapter, where) -> chain.windows().getOrDefault(where, List.of()),
            totals);
    Book book = new Book(place, refused, new Examples("examples.accepted"), source);
    lines.forEach(book::accept);
    book.end(List.of(ADAPTER));
    commits.compare(Map.of(WHERE, commit), totals.noted());
    return findings.lines();
  }

  private void keep(int event, long offset) {
    change(event, any -> any.setHeldOut(List.of(offset)).getCountsBuilder().setHeldOut(1));
  }

  private void change(int event, Consumer<AdapterVersion.Builder> change) {
    AdapterVersion.Builder changed = AdapterVersion.newBuilder(events.get(event));
    change.accept(changed);
    events.set(event, changed.build());
  }

  private void alter(int line, Consumer<WeightedExample.Builder> change) {
    WeightedExample.Builder altered = WeightedExample.newBuilder(value(lines.get(line)));
    change.accept(altered);
    lines.set(line, new Line(line, ADAPTER, TIME, altered.build()));
  }

  private void again(int offset, String id) {
    lines.set(offset, line(offset, id));
  }

  private static Line line(long offset, String id) {
    WeightedExample.Builder value = WeightedExample.newBuilder(TestRecords.weighted(id, TIME));
    value.getScoredBuilder().getOriginBuilder().setOffset(offset);
    return new Line(offset, ADAPTER, TIME, value.build());
  }

  private static WeightedExample value(Line line) {
    return Objects.requireNonNull(line.value());
  }

  private static Rejection rejection(long offset) {
    return Rejection.newBuilder(TestRecords.rejection("train", "TOO_LONG"))
        .setOrigin(new RecordOrigin("training", PARTITION, offset))
        .build();
  }

  private static Artifact folder() {
    return new Artifact("file:///artifacts/head", List.of(), 0L);
  }

  private static AdapterState state(long current) {
    return state(current, 3);
  }

  private static AdapterState state(long current, long last) {
    return AdapterState.newBuilder()
        .setAdapter(ADAPTER)
        .setCurrentVersion(current)
        .setArtifactUri("file:///artifacts/" + current)
        .setLastVersion(last)
        .setBase(new BaseModel("base", "d"))
        .setAliases(Map.of())
        .setPaused(false)
        .setQuarantined(List.of())
        .setUpdatedAt(TIME)
        .build();
  }
}
