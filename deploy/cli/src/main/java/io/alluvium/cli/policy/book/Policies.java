package io.alluvium.cli.policy.book;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.Policy;
import io.alluvium.streams.policy.PolicyBook;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every version on the topic, as streams-app counts them: of two with the same number the first.
 *
 * @param all in the order of adapter and version
 */
public record Policies(List<Policy> all) {
  private static final Comparator<Policy> ORDER =
      Comparator.comparing(Policy::getAdapter).thenComparing(Policy::getVersion);

  /** All that the topic holds now. */
  public static Policies read(Cluster cluster) {
    Map<String, Policy> first = new LinkedHashMap<>();
    try (TopicReader<Policy> reader = cluster.read(cluster.topics().policies())) {
      reader.rest().stream()
          .map(Entry::value)
          .forEach(policy -> first.putIfAbsent(PolicyBook.key(policy), policy));
    }
    return new Policies(first.values().stream().sorted(ORDER).toList());
  }

  /** Versions for an adapter, oldest first. */
  List<Policy> of(String adapter) {
    return all.stream().filter(policy -> policy.getAdapter().equals(adapter)).toList();
  }

  /** The one in force for an adapter's own name at a moment. */
  public Optional<Policy> inForce(String adapter, Instant at) {
    return of(adapter).stream()
        .filter(policy -> !policy.getEffectiveFrom().isAfter(at))
        .reduce((before, after) -> after);
  }

  /** All that are in force at a moment. */
  public List<Policy> inForce(Instant at) {
    return all.stream()
        .map(Policy::getAdapter)
        .distinct()
        .flatMap(adapter -> inForce(adapter, at).stream())
        .toList();
  }

  /** The number that follows. */
  public long next(String adapter) {
    return 1 + of(adapter).stream().mapToLong(Policy::getVersion).max().orElse(0);
  }

  /**
   * One version.
   *
   * @throws CommandException when there is none
   */
  public Policy version(String adapter, long number) {
    return of(adapter).stream()
        .filter(policy -> policy.getVersion() == number)
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.failed(
                    "there is no policy %s@%d: `alluvium policy show` lists them"
                        .formatted(adapter, number)));
  }
}
