package io.alluvium.trainer.score.adapter;

import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which adapters' artifacts cannot be read. Each is named once in the log. */
final class Unreadable {
  private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

  /** A folder may be restored, or a network file system come back. */
  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

  private record Fault(Current version, Instant triedAt) {}

  private final Clock clock;
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();

  Unreadable(Clock clock) {
    this.clock = clock;
  }

  /** Another version may be tried at once, the same one after a while. */
  boolean mayTry(String adapter, Current version) {
    Fault fault = faults.get(adapter);
    return fault == null
        || !fault.version().equals(version)
        || !clock.instant().isBefore(fault.triedAt().plus(TRY_AGAIN));
  }

  void isNot(String adapter, Current version, Exception damaged) {
    Fault before = faults.put(adapter, new Fault(version, clock.instant()));
    if (before == null || !before.version().equals(version)) {
      LOG.warn(
          "adapter {} version {} cannot be read ({}): restore its folder; until then adapterLoss stays null",
          adapter,
          version.version(),
          damaged.getMessage());
    }
  }

  void isRead(String adapter) {
    if (faults.remove(adapter) != null) {
      LOG.info("adapter {} can be read again", adapter);
    }
  }

  int count() {
    return faults.size();
  }
}
