package io.alluvium.cli.verify.book;

import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.cli.verify.finding.OffsetSet;
import io.alluvium.cli.verify.finding.Rule;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was refused, by where it stood. */
public final class Refused {
  private final Findings findings;
  private final OffsetSet origins = new OffsetSet();
  private final SortedMap<String, Long> byTopic = new TreeMap<>();
  private Instant since = Instant.MIN;

  /** Nothing refused yet. */
  public Refused(Findings findings) {
    this.findings = findings;
  }

  /** Says that the topic of refusals begins late: older records may have been refused before. */
  public void beginsAt(Instant first) {
    since = first.isAfter(since) ? first : since;
  }

  /** Takes the next refusal. */
  public void accept(Rejection rejection) {
    RecordOrigin origin = rejection.getOrigin();
    byTopic.merge(origin.getTopic(), 1L, Long::sum);
    findings.check(
        Rule.REFUSED_TWICE,
        origins.add(origin.getTopic(), origin.getPartition(), origin.getOffset()),
        "%s-%d@%d, the second time for %s"
            .formatted(
                origin.getTopic(),
                origin.getPartition(),
                origin.getOffset(),
                rejection.getReason()));
  }

  /** Refusals by the topic that the record stood in. */
  public SortedMap<String, Long> byTopic() {
    return byTopic;
  }

  /** Whether a record was refused, or may have been in a refusal that is gone by now. */
  boolean perhaps(Book.Place place, Line line) {
    return line.time().isBefore(since)
        || origins.contains(place.topic(), place.partition(), line.offset());
  }

  boolean surely(Book.Place place, Line line) {
    return origins.contains(place.topic(), place.partition(), line.offset());
  }
}
