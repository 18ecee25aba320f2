package io.alluvium.trainer.score.adapter;

import io.alluvium.schemas.AdapterState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is served now, per adapter, as the compacted topic says. For the polling thread. */
public final class CurrentAdapters {

  /**
   * A version to score with.
   *
   * @param version its number
   * @param artifactUri its folder
   */
  public record Current(long version, String artifactUri) {}

  private final String baseDigest;
  private final Map<String, Current> current = new HashMap<>();

  /** Follows adapters of one base; those of another cannot be loaded here. */
  public CurrentAdapters(String baseDigest) {
    this.baseDigest = baseDigest;
  }

  /** Takes the next state of the topic. */
  public void take(AdapterState state) {
    Long version = state.getCurrentVersion();
    String uri = state.getArtifactUri();
    if (version == null || uri == null || !state.getBase().getDigest().equals(baseDigest)) {
      current.remove(state.getAdapter());
    } else {
      current.put(state.getAdapter(), new Current(version, uri));
    }
  }

  /** The version of an adapter; empty before its first release. */
  public Optional<Current> of(String adapter) {
    return Optional.ofNullable(current.get(adapter));
  }

  /** All of them. */
  public Map<String, Current> all() {
    return Map.copyOf(current);
  }
}
