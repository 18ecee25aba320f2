package io.alluvium.cli.bench.domains;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Where the records that were sent are, by what events say. Pure. */
final class Settling {
  private static final String TRAINER = "train";

  private final List<AdapterVersion> events = new ArrayList<>();
  private long refusedBefore;

  /** Books the end of a round. */
  void ended(AdapterVersion event) {
    events.add(event);
  }

  /** Books a refusal; the trainer's own are in the counts of its rounds. */
  void refused(Rejection rejection) {
    refusedBefore += rejection.getStage().equals(TRAINER) ? 0 : 1;
  }

  /** Records that are where they stay: trained on, held out or refused; replays not counted. */
  long settled() {
    return refusedBefore
        + sum(counts -> counts.getExamples() - counts.getReplayed() + counts.getRejected());
  }

  /** The last version to be served. */
  Optional<AdapterVersion> released() {
    return events.stream()
        .filter(event -> event.getOutcome() == Outcome.RELEASED)
        .reduce((before, next) -> next);
  }

  /** What the rounds so far were. */
  Tally tally() {
    return new Tally(
        events.size(),
        count(Outcome.RELEASED),
        count(Outcome.CONTINUED),
        count(Outcome.REJECTED),
        sum(counts -> counts.getExamples() - counts.getHeldOut()),
        sum(Counts::getReplayed),
        refusedBefore + sum(Counts::getRejected));
  }

  private long count(Outcome outcome) {
    return events.stream().filter(event -> event.getOutcome() == outcome).count();
  }

  private long sum(ToLongFunction<Counts> number) {
    return events.stream().map(AdapterVersion::getCounts).mapToLong(number).sum();
  }

  /**
   * Sums over rounds.
   *
   * @param windows cut
   * @param released to be served
   * @param continued not served, and trained on
   * @param refused thrown away
   * @param trained records in them that were trained on, replays among them
   * @param replayed replays, held-out ones among them
   * @param recordsRefused by any stage
   */
  record Tally(
      long windows,
      long released,
      long continued,
      long refused,
      long trained,
      long replayed,
      long recordsRefused) {
    /** What was added since an earlier one. */
    Tally since(Tally before) {
      return new Tally(
          windows - before.windows,
          released - before.released,
          continued - before.continued,
          refused - before.refused,
          trained - before.trained,
          replayed - before.replayed,
          recordsRefused - before.recordsRefused);
    }
  }
}
