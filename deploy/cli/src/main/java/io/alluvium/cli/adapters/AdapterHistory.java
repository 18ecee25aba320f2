package io.alluvium.cli.adapters;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.publish.order.Flags;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every event of every adapter, and each adapter's latest state.
 *
 * @param events events in the order of publication, by adapter id
 * @param states latest state by adapter id
 */
public record AdapterHistory(
    SortedMap<String, List<AdapterVersion>> events, Map<String, AdapterState> states) {

  /** Reads both topics as they are now. */
  public static AdapterHistory read(Cluster cluster) {
    try (TopicReader<AdapterVersion> versions = cluster.read(cluster.topics().versions());
        TopicReader<AdapterState> states = cluster.read(cluster.topics().adapters())) {
      Map<String, AdapterState> latest = new HashMap<>();
      states.rest().forEach(entry -> latest.put(entry.key(), entry.value()));
      return new AdapterHistory(
          versions.rest().stream()
              .map(TopicReader.Entry::value)
              .collect(groupingBy(AdapterVersion::getAdapter, TreeMap::new, toList())),
          latest);
    }
  }

  /** Since when and by whom an adapter is paused; empty when it is not. */
  public static Optional<String> paused(AdapterState state) {
    return state.getPaused()
        ? Optional.of(
            "paused since %s by %s".formatted(state.getPausedSince(), state.getPausedBy()))
        : Optional.empty();
  }

  /** Which versions of an adapter are flagged. */
  public static Flags flags(@Nullable AdapterState state) {
    return new Flags(state == null ? List.of() : state.getFlagged());
  }

  /**
   * The events of one adapter, never empty.
   *
   * @throws CommandException when there is no such adapter
   */
  public List<AdapterVersion> of(String id) {
    List<AdapterVersion> found = events.getOrDefault(id, List.of());
    if (found.isEmpty()) {
      throw CommandException.failed(
          "no adapter \"%s\" has a version yet: `alluvium adapters list` shows those that have"
              .formatted(id));
    }
    return found;
  }

  /**
   * The event of the version named, or of the current one.
   *
   * @throws CommandException when there is none
   */
  public AdapterVersion find(AdapterName name) {
    long version = name.version() == null ? current(name.id()) : name.version();
    return of(name.id()).stream()
        .filter(event -> event.getVersion() == version)
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.failed(
                    "adapter \"%s\" has no version %d: `alluvium adapters show %s` lists them"
                        .formatted(name.id(), version, name.id())));
  }

  private long current(String id) {
    of(id);
    AdapterState state = states.get(id);
    if (state == null || state.getCurrentVersion() == null) {
      throw CommandException.failed(
          "adapter \"%s\" has no released version yet: `alluvium adapters show %s` says why"
              .formatted(id, id));
    }
    return state.getCurrentVersion();
  }

  /**
   * The folder of a released version on this machine.
   *
   * @throws CommandException when the version was refused or the folder cannot be seen from here
   */
  public static Path folder(AdapterVersion event) {
    Artifact artifact = event.getArtifact();
    if (artifact == null) {
      throw CommandException.failed(
          "%s@%d was not released, it has no folder: %s"
              .formatted(
                  event.getAdapter(),
                  event.getVersion(),
                  String.join("; ", event.getVerdict().getReasons())));
    }
    return folder(URI.create(artifact.getUri()));
  }

  /**
   * A folder as a person writes it: a path, or the URI that {@code adapters list} prints.
   *
   * @throws CommandException when it cannot be seen from here
   */
  public static Path folder(String written) {
    return written.startsWith("file:") || written.contains("://")
        ? folder(uri(written))
        : Path.of(written);
  }

  private static URI uri(String written) {
    try {
      return new URI(written);
    } catch (URISyntaxException wrong) {
      throw CommandException.usage(
          "\"%s\" is no URI: copy what `alluvium adapters list` prints".formatted(written), wrong);
    }
  }

  private static Path folder(URI uri) {
    if (!"file".equals(uri.getScheme()) || !Files.isDirectory(Path.of(uri.getPath()))) {
      throw CommandException.failed(
          "the artifact %s cannot be seen from this machine: copy the folder here and use `alluvium evaluate --adapter DIR`"
              .formatted(uri));
    }
    return Path.of(uri.getPath());
  }
}
