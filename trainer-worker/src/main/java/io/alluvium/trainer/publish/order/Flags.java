package io.alluvium.trainer.publish.order;

import io.alluvium.schemas.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Versions that are flagged.
 *
 * @param ranges in their order, none of which touches the next
 */
public record Flags(List<VersionRange> ranges) {
  /** A state must stay small; beyond this, two that are next to each other become one. */
  static final int MOST = 64;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

  /** Brings ranges into order. */
  public Flags {
    ranges = joined(ranges);
  }

  /** Of versions, in any order. */
  public static Flags of(Iterable<Long> versions) {
    List<VersionRange> ranges = new ArrayList<>();
    versions.forEach(version -> ranges.add(new VersionRange(version, version)));
    return new Flags(ranges);
  }

  /**
   * As an order writes them: {@code 3-5,7}.
   *
   * @return empty when the text is of another form
   */
  public static Optional<Flags> parse(@Nullable String written) {
    List<VersionRange> ranges = new ArrayList<>();
    for (String one : String.valueOf(written).split(",", -1)) {
      Matcher range = RANGE.matcher(one);
      if (!range.matches()) {
        return Optional.empty();
      }
      long first = Long.parseLong(range.group(1));
      long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
      ranges.add(new VersionRange(first, last));
    }
    return ranges.stream().allMatch(range -> range.getFirst() <= range.getLast())
        ? Optional.of(new Flags(ranges))
        : Optional.empty();
  }

  /** As an order writes them. */
  public String written() {
    return ranges.stream()
        .map(
            range ->
                range.getFirst() == range.getLast()
                    ? Long.toString(range.getFirst())
                    : range.getFirst() + "-" + range.getLast())
        .collect(Collectors.joining(","));
  }

  /** Whether a version is flagged; no version is not. */
  public boolean hold(@Nullable Long version) {
    return version != null
        && ranges.stream()
            .anyMatch(range -> version >= range.getFirst() && version <= range.getLast());
  }

  /** Whether others are all among these. */
  public boolean holdAll(Flags others) {
    return and(others.ranges).equals(this);
  }

  /** Whether all of them are versions that there are. */
  public boolean areUpTo(long last) {
    return ranges.stream().allMatch(range -> range.getFirst() >= 1 && range.getLast() <= last);
  }

  /** Both together. */
  public Flags and(List<VersionRange> more) {
    List<VersionRange> all = new ArrayList<>(ranges);
    all.addAll(more);
    return new Flags(all);
  }

  /** The same with another version. */
  public Flags and(long version) {
    return and(List.of(new VersionRange(version, version)));
  }

  private static List<VersionRange> joined(List<VersionRange> ranges) {
    TreeMap<Long, Long> lastByFirst = new TreeMap<>();
    ranges.forEach(range -> lastByFirst.merge(range.getFirst(), range.getLast(), Math::max));
    List<VersionRange> joined = new ArrayList<>();
    lastByFirst.forEach((first, last) -> append(joined, first, last));
    while (joined.size() > MOST) {
      long first = joined.remove(0).getFirst();
      joined.set(0, new VersionRange(first, joined.get(0).getLast()));
    }
    return List.copyOf(joined);
  }

  private static void append(List<VersionRange> joined, long first, long last) {
    int end = joined.size() - 1;
    if (end >= 0 && joined.get(end).getLast() + 1 >= first) {
      VersionRange before = joined.get(end);
      joined.set(end, new VersionRange(before.getFirst(), Math.max(before.getLast(), last)));
    } else {
      joined.add(new VersionRange(first, last));
    }
  }
}
