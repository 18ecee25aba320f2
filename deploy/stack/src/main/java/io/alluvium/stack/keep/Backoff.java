package io.alluvium.stack.keep;

import io.alluvium.stack.launch.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** When one process that dies is started again, if at all. */
final class Backoff {
  private final Limits limits;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  Backoff(Limits limits) {
    this.limits = limits;
  }

  /** What is done about a death. */
  sealed interface Verdict {
    /** Start it again after a while. */
    record Again(Duration after) implements Verdict {}

    /** Leave it; {@code why} in words. */
    record Never(String why) implements Verdict {}
  }

  Verdict died(Ending ending, Instant now) {
    if (ending.isConfiguration()) {
      return new Verdict.Never("not started again, only a person can put it right");
    }
    while (!deaths.isEmpty() && deaths.getFirst().isBefore(now.minus(limits.within()))) {
      deaths.removeFirst();
    }
    // A disk that is full for an hour must not leave work for a person once it has space again.
    if (deaths.size() >= limits.restarts() && !ending.isDependency()) {
      return new Verdict.Never(
          "given up after %d restarts within %d s"
              .formatted(limits.restarts(), limits.within().toSeconds()));
    }
    deaths.addLast(now);
    return new Verdict.Again(delay(deaths.size() - 1));
  }

  private Duration delay(int earlier) {
    Duration delay = limits.first();
    for (int i = 0; i < earlier && delay.compareTo(limits.longest()) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(limits.longest()) < 0 ? delay : limits.longest();
  }
}
