package io.alluvium.cli.verify.book;

import io.alluvium.cli.verify.chain.Window;
import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.cli.verify.finding.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One adapter's records and windows in one partition; records come in order. */
final class Shelf {
  private final Findings findings;
  private final List<Window> windows;
  private final Book.Place place;
  private final String adapter;
  private int at;
  private long records;
  private long replayed;
  private long refused;
  private long heldOut;
  private long lost;
  private long firstLost;
  private long lastLost;

  Shelf(Findings findings, List<Window> windows, Book.Place place, String adapter) {
    this.findings = findings;
    this.windows = windows;
    this.place = place;
    this.adapter = adapter;
  }

  /** The window that holds an offset; null where none does. Closes those that end before it. */
  @Nullable Window windowOf(long offset) {
    while (at < windows.size() && windows.get(at).range().getNextOffset() <= offset) {
      close(windows.get(at));
      at++;
    }
    boolean inside = at < windows.size() && windows.get(at).range().getFirstOffset() <= offset;
    return inside ? windows.get(at) : null;
  }

  /** Whether the adapter was served beyond this offset, so that a record here was passed over. */
  boolean passed() {
    return at < windows.size();
  }

  void count(Line line, Window window, Refused known) {
    endLost();
    records++;
    replayed += line.value() != null && line.value().getReplayOf() != null ? 1 : 0;
    refused += known.surely(place, line) ? 1 : 0;
    heldOut += window.heldOut().contains(line.offset()) ? 1 : 0;
  }

  void lose(long offset) {
    firstLost = lost == 0 ? offset : firstLost;
    lastLost = offset;
    lost++;
  }

  /** Closes every window that is left. */
  void end() {
    windowOf(Long.MAX_VALUE);
    endLost();
  }

  private void endLost() {
    if (lost > 0) {
      findings.add(
          Rule.LOST,
          lost,
          "%s has %d records from %s@%d to %d in no window"
              .formatted(adapter, lost, place, firstLost, lastLost));
      lost = 0;
    }
  }

  private void close(Window window) {
    if (window.range().getFirstOffset() >= place.begin()) {
      checkCounts(window);
    }
    records = 0;
    replayed = 0;
    refused = 0;
    heldOut = 0;
  }

  private void checkCounts(Window window) {
    long counted = window.counts().getExamples() + window.counts().getRejected();
    findings.check(
        Rule.MISCOUNTED,
        counted == records,
        "%s counts %d records, its window %s holds %d"
            .formatted(window.name(), counted, window.where(), records));
    findings.check(
        Rule.MISCOUNTED,
        refused <= window.counts().getRejected(),
        "%s counts %d refused records, %d of its window are refused"
            .formatted(window.name(), window.counts().getRejected(), refused));
    findings.check(
        Rule.MISCOUNTED,
        window.counts().getRejected() > 0 || window.counts().getReplayed() == replayed,
        "%s counts %d replays, its window %s holds %d"
            .formatted(window.name(), window.counts().getReplayed(), window.where(), replayed));
    findings.check(
        Rule.HELD_OUT,
        heldOut == window.heldOut().size(),
        "%s lists %d held-out records, %d of them are its own in %s"
            .formatted(window.name(), window.heldOut().size(), heldOut, window.where()));
  }
}
