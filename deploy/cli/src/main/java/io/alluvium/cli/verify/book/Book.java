package io.alluvium.cli.verify.book;

import io.alluvium.cli.verify.chain.Window;
import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.cli.verify.finding.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One partition of a training topic. */
public final class Book {
  private final Place place;
  private final Refused refused;
  private final Examples examples;
  private final Totals totals;
  private final Map<String, Shelf> shelves = new HashMap<>();
  private final Function<String, Findings> findings;
  private final BiFunction<String, String, List<Window>> windows;

  /**
   * Where it stands, and how far it is settled.
   *
   * @param begin first offset that is still there
   * @param settled no record before it may be unsettled
   * @param position up to where the group's note says that was read
   */
  public record Place(String topic, int partition, long begin, long settled, long position) {
    /** Topic and partition. */
    @Override
    public String toString() {
      return topic + "-" + partition;
    }
  }

  /**
   * An empty book.
   *
   * @param known refusals, all of them
   * @param examples what is known of examples, over all partitions
   * @param source breaches and windows by adapter, and sums over all partitions
   */
  public Book(Place place, Refused known, Examples examples, Source source) {
    this.place = place;
    this.refused = known;
    this.examples = examples;
    this.totals = source.totals();
    this.findings = source.findings();
    this.windows = source.windows();
  }

  /**
   * What a book needs from outside.
   *
   * @param findings where to put breaches of an adapter
   * @param windows windows of an adapter and a topic and partition, in order
   * @param totals sums over all books
   */
  public record Source(
      Function<String, Findings> findings,
      BiFunction<String, String, List<Window>> windows,
      Totals totals) {}

  /** Sums. */
  public static final class Totals {
    private long records;
    private long inWindows;
    private long foreign;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Map<String, Long> noted = new HashMap<>();

    /** Records that were read. */
    public long records() {
      return records;
    }

    /** Records that a window holds. */
    public long inWindows() {
      return inWindows;
    }

    /** Records that belong to no adapter. */
    public long foreign() {
      return foreign;
    }

    /** Records that wait, by adapter. */
    public Map<String, Waiting> waiting() {
      return waiting;
    }

    /** Records between offset and position that wait, by topic and partition. */
    public Map<String, Long> noted() {
      return noted;
    }
  }

  /**
   * Records that wait for their window.
   *
   * @param oldest timestamp of the oldest
   */
  public record Waiting(long records, Instant oldest) {
    Waiting and(Waiting other) {
      Instant older = oldest.isBefore(other.oldest) ? oldest : other.oldest;
      return new Waiting(records + other.records, older);
    }
  }

  /** Takes the next record. */
  public void accept(Line line) {
    totals.records++;
    if (line.owned() && line.key() != null) {
      owned(line.key(), line);
    } else {
      foreign(line);
    }
  }

  private void owned(String adapter, Line line) {
    Shelf shelf = shelves.computeIfAbsent(adapter, this::shelf);
    Window window = shelf.windowOf(line.offset());
    examples.arrived(findings.apply(adapter), place + "@" + line.offset(), line);
    if (window != null) {
      totals.inWindows++;
      shelf.count(line, window, refused);
      use(adapter, line, window);
    } else if (shelf.passed() || line.offset() < place.settled()) {
      shelf.lose(line.offset());
    } else {
      await(adapter, line);
    }
  }

  private void use(String adapter, Line line, Window window) {
    if (window.heldOut().contains(line.offset())) {
      examples.heldOut(findings.apply(adapter), window.name(), line);
    } else if (window.listsAll() && !refused.perhaps(place, line)) {
      examples.trained(findings.apply(adapter), window.name(), line);
    }
  }

  private void await(String adapter, Line line) {
    totals.waiting.merge(adapter, new Waiting(1, line.time()), Waiting::and);
    if (line.offset() < place.position()) {
      totals.noted.merge(place.toString(), 1L, Long::sum);
    }
  }

  private void foreign(Line line) {
    totals.foreign++;
    findings
        .apply("")
        .check(
            Rule.UNREFUSED,
            line.offset() >= place.settled() || refused.perhaps(place, line),
            "%s@%d belongs to no adapter and was passed without a refusal"
                .formatted(place, line.offset()));
  }

  private Shelf shelf(String adapter) {
    return new Shelf(
        findings.apply(adapter), windows.apply(adapter, place.toString()), place, adapter);
  }

  /**
   * After the last record: closes what is open, windows of adapters without any record too.
   *
   * @param adapters all that have events
   */
  public void end(Iterable<String> adapters) {
    adapters.forEach(adapter -> shelves.computeIfAbsent(adapter, this::shelf));
    shelves.values().forEach(Shelf::end);
  }
}
