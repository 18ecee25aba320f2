package io.alluvium.trainer.train.intake;

import static java.util.stream.Collectors.groupingBy;

import io.alluvium.trainer.claim.window.Standing;
import io.alluvium.trainer.claim.window.WindowCutter;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** Tells metrics what waits, and why. */
public final class WaitingNotes {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TrainerMetrics metrics;
  private final WindowCutter cutter;
  private final IntFunction<String> names;
  private Instant next = Instant.EPOCH;

  /**
   * Tells it to metrics.
   *
   * @param names how messages name a partition
   */
  public WaitingNotes(TrainerMetrics metrics, WindowCutter cutter, IntFunction<String> names) {
    this.metrics = metrics;
    this.cutter = cutter;
    this.names = names;
  }

  /**
   * Tells it, at most once a second.
   *
   * @param unread records behind what was read
   */
  public void note(long unread, Instant now) {
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(PAUSE);
    List<Standing> standings = cutter.standings().toList();
    long waiting = standings.stream().mapToLong(Standing::records).sum() + unread;
    if (waiting == 0) {
      metrics.drained();
    } else {
      metrics.waiting(waiting);
      standings.stream()
          .mapToLong(Standing::oldestMs)
          .min()
          .ifPresent(oldest -> metrics.oldestWaiting(Instant.ofEpochMilli(oldest)));
    }
    Map<Standing.Why, List<Standing>> byWhy = standings.stream().collect(groupingBy(Standing::why));
    Arrays.stream(Standing.Why.values())
        .forEach(why -> note(why, byWhy.getOrDefault(why, List.of()), now));
    metrics.adaptersWaiting(standings.stream().map(one -> adapter(one, now)).toList());
  }

  private void note(Standing.Why why, List<Standing> standings, Instant now) {
    String reason = why.name().toLowerCase(Locale.ROOT);
    long oldestMs =
        standings.stream().mapToLong(Standing::oldestMs).min().orElse(now.toEpochMilli());
    metrics.waitingFor(
        reason, standings.stream().mapToLong(Standing::records).sum(), age(oldestMs, now));
  }

  private TrainerMetrics.AdapterWaits adapter(Standing standing, Instant now) {
    return new TrainerMetrics.AdapterWaits(
        standing.adapter(),
        names.apply(standing.partition()),
        standing.records(),
        age(standing.oldestMs(), now));
  }

  private static Duration age(long sinceMs, Instant now) {
    return Duration.ofMillis(Math.max(0, now.toEpochMilli() - sinceMs));
  }
}
