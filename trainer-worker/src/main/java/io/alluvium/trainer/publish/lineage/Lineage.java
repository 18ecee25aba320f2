package io.alluvium.trainer.publish.lineage;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.trainer.claim.Sources;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What the log says of every adapter: the fold of all committed version events and states. Nothing
 * in it comes from memory of what was attempted, so it cannot run ahead of what was committed.
 */
public final class Lineage {
  private final Map<String, AdapterLine> lines = new HashMap<>();
  private final Map<String, AdapterState> states = new HashMap<>();
  private final Set<String> artifacts = new HashSet<>();
  private final Map<Integer, PartitionEvents> partitions = new HashMap<>();
  private final Sources sources;

  /** An empty lineage over windows of the topics that are trained on. */
  public Lineage(Sources sources) {
    this.sources = sources;
  }

  /**
   * Takes the next event of the history.
   *
   * @throws ChainBrokenException when the adapter's numbers are not gapless
   */
  public void take(AdapterVersion event) {
    AdapterLine before = line(event.getAdapter());
    if (event.getVersion() != before.lastVersion() + 1) {
      throw new ChainBrokenException(
          "adapter.versions: adapter %s has version %d where %d must follow: restore the topic, or train into a fresh topicPrefix"
              .formatted(event.getAdapter(), event.getVersion(), before.lastVersion() + 1));
    }
    lines.put(event.getAdapter(), before.after(event, sources));
    Artifact artifact = event.getArtifact();
    if (artifact != null) {
      artifacts.add(artifact.getUri());
    }
    OffsetRange window = event.getWindow();
    int partition = Sources.number(window.getTopic(), window.getPartition());
    if (sources.hold(window.getTopic())) {
      partitions.merge(partition, PartitionEvents.of(event), PartitionEvents::followedBy);
    }
  }

  /** Takes the next state; the last one of an adapter holds. */
  public void take(AdapterState state) {
    states.put(state.getAdapter(), state);
  }

  /** What the log says of an adapter. */
  public AdapterLine line(String adapter) {
    return lines.getOrDefault(adapter, AdapterLine.NEW);
  }

  /** Adapters that the log knows. */
  public Set<String> adapters() {
    return Set.copyOf(lines.keySet());
  }

  /** The adapter's state, where it has one. */
  public Optional<AdapterState> state(String adapter) {
    return Optional.ofNullable(states.get(adapter));
  }

  /** The events of a partition. */
  public PartitionEvents partition(int partition) {
    return partitions.getOrDefault(partition, PartitionEvents.NONE);
  }

  /** When the newest version of any adapter was released. */
  public Optional<Instant> newestRelease() {
    return lines.values().stream()
        .map(AdapterLine::champion)
        .filter(Objects::nonNull)
        .map(AdapterVersion::getCreatedAt)
        .max(Instant::compareTo);
  }

  /** URIs of all artifacts ever released, and of the heads that training goes on from. */
  public Set<String> artifacts() {
    Set<String> named = new HashSet<>(artifacts);
    for (AdapterLine line : lines.values()) {
      AdapterVersion last = line.head();
      Artifact head = last == null ? null : last.getHead();
      if (head != null) {
        named.add(head.getUri());
      }
    }
    return named;
  }

  /** Gives each adapter that has a released version, with it. */
  public void forEachChampion(BiConsumer<String, AdapterVersion> taker) {
    lines.forEach(
        (adapter, line) -> {
          AdapterVersion champion = line.champion();
          if (champion != null) {
            taker.accept(adapter, champion);
          }
        });
  }
}
