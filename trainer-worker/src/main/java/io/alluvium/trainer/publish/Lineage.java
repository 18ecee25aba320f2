package io.alluvium.trainer.publish;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the log says of every adapter: the fold of all committed version events and states. Nothing
 * in it comes from memory of what was attempted, so it cannot run ahead of what was committed.
 */
public final class Lineage {
  private final Map<String, Long> lastVersions = new HashMap<>();
  private final Map<String, AdapterVersion> released = new HashMap<>();
  private final Map<String, AdapterState> states = new HashMap<>();
  private final Set<String> artifacts = new HashSet<>();
  private final Map<Integer, Long> nextOffsets = new HashMap<>();
  private final String trainingTopic;

  /** An empty lineage over windows of one training topic. */
  public Lineage(String trainingTopic) {
    this.trainingTopic = trainingTopic;
  }

  /**
   * Takes the next event of the history.
   *
   * @throws ChainBrokenException when the adapter's numbers are not gapless
   */
  public void take(AdapterVersion event) {
    long expected = lastVersion(event.getAdapter()) + 1;
    if (event.getVersion() != expected) {
      throw new ChainBrokenException(
          "adapter.versions: adapter %s has version %d where %d must follow: restore the topic, or train into a fresh topicPrefix"
              .formatted(event.getAdapter(), event.getVersion(), expected));
    }
    lastVersions.put(event.getAdapter(), event.getVersion());
    if (event.getOutcome() == Outcome.RELEASED) {
      released.put(event.getAdapter(), event);
    }
    Artifact artifact = event.getArtifact();
    if (artifact != null) {
      artifacts.add(artifact.getUri());
    }
    OffsetRange window = event.getWindow();
    if (window.getTopic().equals(trainingTopic)) {
      nextOffsets.put(window.getPartition(), window.getNextOffset());
    }
  }

  /** Takes the next state; the last one of an adapter holds. */
  public void take(AdapterState state) {
    states.put(state.getAdapter(), state);
  }

  /** Highest number used for the adapter, over all outcomes; 0 before the first. */
  public long lastVersion(String adapter) {
    return lastVersions.getOrDefault(adapter, 0L);
  }

  /** The released version that training goes on from. */
  public Optional<AdapterVersion> champion(String adapter) {
    return Optional.ofNullable(released.get(adapter));
  }

  /** The adapter's state, where it has one. */
  public Optional<AdapterState> state(String adapter) {
    return Optional.ofNullable(states.get(adapter));
  }

  /** Where the last event's window of a partition ends; empty before its first. */
  public OptionalLong nextOffset(int partition) {
    Long next = nextOffsets.get(partition);
    return next == null ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** When the newest version of any adapter was released. */
  public Optional<Instant> newestRelease() {
    return released.values().stream().map(AdapterVersion::getCreatedAt).max(Instant::compareTo);
  }

  /** URIs of all artifacts that an event has ever named, whatever became of the version. */
  public Set<String> artifacts() {
    return Set.copyOf(artifacts);
  }

  /** Number of the current version per adapter that has one. */
  public Map<String, Long> currentVersions() {
    Map<String, Long> current = new HashMap<>();
    released.forEach((adapter, event) -> current.put(adapter, event.getVersion()));
    return current;
  }
}
