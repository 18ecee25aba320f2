package io.alluvium.cli.verify.book;

import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.cli.verify.finding.HashedSet;
import io.alluvium.cli.verify.finding.OffsetSet;
import io.alluvium.cli.verify.finding.Rule;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import java.util.Objects;

/** What is known of examples over all partitions: where they came from, what they are used for. */
public final class Examples {
  private final String accepted;
  private final OffsetSet scored = new OffsetSet();
  private final OffsetSet scoredTwice = new OffsetSet();
  private final OffsetSet weighted = new OffsetSet();
  private final HashedSet ids = new HashedSet();
  private final HashedSet kept = new HashedSet();
  private final HashedSet trained = new HashedSet();
  private long idsAgain;

  /**
   * Nothing seen yet.
   *
   * @param accepted name of the topic whose records come on once each
   */
  public Examples(String accepted) {
    this.accepted = accepted;
  }

  /** Takes a record of the scored examples. */
  public void scored(Findings findings, String where, ScoredExample example) {
    RecordOrigin origin = example.getOrigin();
    if (!once(findings, where, origin, scored)) {
      scoredTwice.add(accepted, origin.getPartition(), origin.getOffset());
    }
  }

  /** Takes a record of a training topic; replays come from where they stood before. */
  void arrived(Findings findings, String where, Line line) {
    if (value(line).getReplayOf() == null) {
      once(findings, where, value(line).getScored().getOrigin(), weighted);
      idsAgain += ids.add(id(line)) ? 0 : 1;
    }
  }

  private boolean once(Findings findings, String where, RecordOrigin origin, OffsetSet seen) {
    if (!origin.getTopic().equals(accepted)) {
      return true;
    }
    boolean first = seen.add(accepted, origin.getPartition(), origin.getOffset());
    findings.check(
        Rule.DOUBLE,
        first,
        "%s comes from %s-%d@%d, as a record before it does%s"
            .formatted(
                where,
                accepted,
                origin.getPartition(),
                origin.getOffset(),
                wasScoredTwice(origin) ? " (it was scored twice)" : ""));
    return first;
  }

  private boolean wasScoredTwice(RecordOrigin origin) {
    return scoredTwice.contains(accepted, origin.getPartition(), origin.getOffset());
  }

  void heldOut(Findings findings, String name, Line line) {
    String id = id(line);
    kept.add(id);
    findings.check(
        Rule.HELD_OUT,
        !trained.contains(id),
        "%s keeps example %s from training, which was trained on before"
            .formatted(name, exampleId(line)));
  }

  void trained(Findings findings, String name, Line line) {
    String id = id(line);
    trained.add(id);
    findings.check(
        Rule.HELD_OUT,
        !kept.contains(id),
        "%s trains on example %s, which was kept from training before"
            .formatted(name, exampleId(line)));
  }

  /** Fresh records whose id came before: known for certain only within dedup's window. */
  public long idsAgain() {
    return idsAgain;
  }

  private static io.alluvium.schemas.WeightedExample value(Line line) {
    return Objects.requireNonNull(line.value());
  }

  private static String exampleId(Line line) {
    return value(line).getScored().getExample().getId();
  }

  private static String id(Line line) {
    return line.key() + "\n" + exampleId(line);
  }
}
