package io.alluvium.cli.verify;

import static io.alluvium.cli.TestRecords.ADAPTER;
import static io.alluvium.cli.TestRecords.PARTITION;
import static io.alluvium.cli.TestRecords.version;

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

/** A history in which all is well, as topics hold it; tests break it in one place each. */
abstract class WrittenHistory {
  static final String WHERE = "training-" + PARTITION;
  static final Instant TIME = Instant.ofEpochSecond(1);

  final Findings findings = new Findings();
  final List<Line> lines = new ArrayList<>();
  final List<AdapterVersion> events = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();
  final Book.Totals totals = new Book.Totals();
  Commit commit = new Commit(8, "events=3 position=10 waiting=2");

  /** Offsets 0 to 7 in three windows, 8 and 9 wait. */
  WrittenHistory() {
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

  List<String> check() {
    return check(0);
  }

  List<String> check(long begin) {
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

  void keep(int event, long offset) {
    change(event, any -> any.setHeldOut(List.of(offset)).getCountsBuilder().setHeldOut(1));
  }

  void change(int event, Consumer<AdapterVersion.Builder> change) {
    AdapterVersion.Builder changed = AdapterVersion.newBuilder(events.get(event));
    change.accept(changed);
    events.set(event, changed.build());
  }

  void alter(int line, Consumer<WeightedExample.Builder> change) {
    WeightedExample.Builder altered = WeightedExample.newBuilder(value(lines.get(line)));
    change.accept(altered);
    lines.set(line, new Line(line, ADAPTER, TIME, altered.build()));
  }

  void again(int offset, String id) {
    lines.set(offset, line(offset, id));
  }

  static Line line(long offset, String id) {
    WeightedExample.Builder value = WeightedExample.newBuilder(TestRecords.weighted(id, TIME));
    value.getScoredBuilder().getOriginBuilder().setOffset(offset);
    return new Line(offset, ADAPTER, TIME, value.build());
  }

  static WeightedExample value(Line line) {
    return Objects.requireNonNull(line.value());
  }

  static Rejection rejection(long offset) {
    return Rejection.newBuilder(TestRecords.rejection("train", "TOO_LONG"))
        .setOrigin(new RecordOrigin("training", PARTITION, offset))
        .build();
  }

  static Artifact folder() {
    return new Artifact("file:///artifacts/head", List.of(), 0L);
  }

  static AdapterState state(long current) {
    return state(current, 3);
  }

  static AdapterState state(long current, long last) {
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

  Chain chain() {
    Chain chain = new Chain(findings);
    events.forEach(chain::accept);
    return chain;
  }
}
