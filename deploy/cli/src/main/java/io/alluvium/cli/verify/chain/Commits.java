package io.alluvium.cli.verify.chain;

import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.cli.verify.finding.Rule;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import java.util.HashMap;
import java.util.Map;

/**
 * The group's offsets beside the events. A system that runs moves between two reads: offsets are
 * taken before the events and again after everything, and notes are compared where both agree.
 */
public final class Commits {
  private final Findings findings;
  private final Map<String, Commit> before;
  private final Map<String, Mark> marks = new HashMap<>();

  /** The last event of a partition. */
  private record Mark(long events, long watermark, long next) {}

  /** Offsets by topic and partition, as read before the events. */
  public Commits(Findings findings, Map<String, Commit> before) {
    this.findings = findings;
    this.before = Map.copyOf(before);
  }

  /** Takes the next event of any adapter. */
  public void accept(AdapterVersion event) {
    OffsetRange range = event.getWindow();
    String partition = range.getTopic() + "-" + range.getPartition();
    Mark last = marks.getOrDefault(partition, new Mark(0, 0, 0));
    Long watermark = event.getWatermark();
    long mark = watermark == null ? range.getNextOffset() : watermark;
    findings.check(
        Rule.OFFSETS,
        mark >= last.watermark(),
        "%s commits %s at %d, after %d was committed"
            .formatted(Window.name(event), partition, mark, last.watermark()));
    marks.put(partition, new Mark(last.events() + 1, mark, range.getNextOffset()));
  }

  /** Before this offset nothing may wait; 0 where nothing was committed. */
  public long settledBelow(String partition) {
    Commit commit = before.get(partition);
    return commit == null ? 0 : commit.offset();
  }

  /** Up to where the note says that was read; -1 where it does not say. */
  public long position(String partition) {
    Commit commit = before.get(partition);
    return commit == null ? -1 : commit.position();
  }

  /**
   * Compares with the offsets read last.
   *
   * @param after by topic and partition
   * @param waiting records between offset and position that are in no window
   */
  public void compare(Map<String, Commit> after, Map<String, Long> waiting) {
    marks.forEach((partition, mark) -> compareOffset(partition, mark, after.get(partition)));
    after.forEach(
        (partition, commit) -> {
          if (commit.equals(before.get(partition))) {
            compareNote(partition, commit, waiting.getOrDefault(partition, 0L));
          }
        });
  }

  private void compareOffset(
      String partition, Mark mark, @org.jspecify.annotations.Nullable Commit commit) {
    findings.check(
        Rule.OFFSETS,
        commit != null && commit.offset() >= mark.watermark(),
        "the group stands at %s in %s, before the last event's %d"
            .formatted(commit == null ? "nothing" : commit.offset(), partition, mark.watermark()));
  }

  private void compareNote(String partition, Commit commit, long waiting) {
    Mark mark = marks.get(partition);
    long events = mark == null ? 0 : mark.events();
    findings.check(
        Rule.OFFSETS,
        commit.events() < 0 || commit.events() == events,
        "the note of %s says %d events, there are %d"
            .formatted(partition, commit.events(), events));
    findings.check(
        Rule.OFFSETS,
        commit.position() < 0 || commit.position() >= commit.offset(),
        "the note of %s says position %d, before its offset %d"
            .formatted(partition, commit.position(), commit.offset()));
    findings.check(
        Rule.OFFSETS,
        commit.waiting() < 0 || commit.waiting() == waiting,
        "the note of %s says %d records wait, there are %d"
            .formatted(partition, commit.waiting(), waiting));
    findings.check(
        Rule.OFFSETS,
        commit.agreesAsOld(mark == null ? "none" : Long.toString(mark.next())),
        "the note of %s is \"%s\", the last event's window ends at %s"
            .formatted(partition, commit.note(), mark == null ? "none" : mark.next()));
  }
}
