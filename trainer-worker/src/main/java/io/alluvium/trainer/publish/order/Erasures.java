package io.alluvium.trainer.publish.order;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.trainer.claim.recall.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What orders to erase mean of an adapter's records, by the rule of streams-app: what was there
 * before the order. A record was there when the log's time at it, its scoring or its event was not
 * after the order; the latter two count for as long as it can have been under way.
 */
public final class Erasures {
  /** No order. */
  public static final Erasures NONE = new Erasures(List.of(), 0);

  /** As long as a record may lie in examples and examples.accepted together. */
  private static final Duration UNDER_WAY = Duration.ofDays(14);

  private static final String SUBJECT = "subject:";
  private static final String ID = "id:";
  private static final Pattern OFFSETS =
      Pattern.compile("offsets:(\\d{1,9}):(\\d{1,18})-(\\d{1,18})");

  private final Map<String, Long> subjects = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final List<Scored> ranges = new ArrayList<>();
  private final long below;

  /** Records of examples.scored, which replays tell of themselves. */
  private record Scored(int partition, long first, long next, long untilMs) {
    boolean holds(@Nullable RecordOrigin place) {
      return place != null
          && place.getPartition() == partition
          && place.getOffset() >= first
          && place.getOffset() < next;
    }
  }

  /**
   * What these orders mean.
   *
   * @param orders to erase, of one adapter
   * @param below offset in adapter.commands below which they are all that there are
   */
  Erasures(List<Order> orders, long below) {
    this.below = below;
    orders.forEach(order -> add(order.command()));
  }

  /**
   * Whether an order's argument names records that the trainer can tell: by subject, id or place in
   * examples.scored. What a rollback erases is known from its event.
   */
  static boolean understand(@Nullable String argument) {
    return argument != null
        && (argument.startsWith(SUBJECT)
            || argument.startsWith(ID)
            || OFFSETS.matcher(argument).matches());
  }

  private void add(AdapterCommand order) {
    String argument = String.valueOf(order.getArgument());
    long untilMs = order.getIssuedAt().toEpochMilli();
    Matcher offsets = OFFSETS.matcher(argument);
    if (argument.startsWith(SUBJECT)) {
      subjects.merge(argument.substring(SUBJECT.length()), untilMs, Math::max);
    } else if (argument.startsWith(ID)) {
      ids.merge(argument.substring(ID.length()), untilMs, Math::max);
    } else if (offsets.matches()) {
      ranges.add(
          new Scored(
              Integer.parseInt(offsets.group(1)),
              Long.parseLong(offsets.group(2)),
              Long.parseLong(offsets.group(3)),
              untilMs));
    }
  }

  /** Offset in adapter.commands below which orders are known. */
  public long below() {
    return below;
  }

  /** Whether an order means a record. */
  public boolean mean(Entry entry) {
    return isBefore(entry, subjects.get(entry.sent().getSubject()))
        || isBefore(entry, ids.get(entry.id()))
        || ranges.stream()
            .anyMatch(
                range ->
                    range.holds(entry.example().getReplayOf()) && isBefore(entry, range.untilMs));
  }

  private static boolean isBefore(Entry entry, @Nullable Long untilMs) {
    if (untilMs == null) {
      return false;
    }
    long loggedMs = entry.raw().timestamp();
    return loggedMs <= untilMs
        || (loggedMs - untilMs <= UNDER_WAY.toMillis() && earliestMs(entry) <= untilMs);
  }

  private static long earliestMs(Entry entry) {
    ScoredExample scored = entry.example().getScored();
    return Math.min(
        scored.getScoredAt().toEpochMilli(), scored.getExample().getEventTime().toEpochMilli());
  }
}
