package io.alluvium.cli.explain.version;

import io.alluvium.schemas.AdapterVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version and all that it comes from.
 *
 * @param links the version first, each followed by the one that its training went on from
 */
public record Chain(List<AdapterVersion> links) {
  /** Copies. */
  public Chain {
    links = List.copyOf(links);
  }

  /**
   * Goes back from a version to where training started fresh.
   *
   * @param event the version
   * @param before earlier events of the adapter
   */
  public static Chain of(AdapterVersion event, List<AdapterVersion> before) {
    Map<Long, AdapterVersion> byVersion = new HashMap<>();
    before.forEach(one -> byVersion.put(one.getVersion(), one));
    List<AdapterVersion> links = new ArrayList<>();
    AdapterVersion link = event;
    while (link != null) {
      links.add(link);
      Long from = from(link);
      link = from == null ? null : byVersion.get(from);
    }
    return new Chain(links);
  }

  /** The version that training went on from; null when it started fresh. */
  static @Nullable Long from(AdapterVersion event) {
    Long head = event.getTrainedFrom();
    return head == null ? event.getParentVersion() : head;
  }

  /** The version itself. */
  AdapterVersion event() {
    return links.get(0);
  }
}
