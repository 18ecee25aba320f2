package io.alluvium.cli.policy.book;

import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.schemas.Policy;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.rehearse.Rehearsal;
import io.alluvium.streams.rehearse.RehearsalInput;
import io.alluvium.streams.rehearse.RehearsalResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Two rehearsals of the same records.
 *
 * @param records how many there were
 * @param before how often each kind of thing was written under the policies in force
 * @param after the same under the proposed ones
 * @param changes the records that were decided otherwise
 */
public record Comparison(
    int records, Map<String, Integer> before, Map<String, Integer> after, List<Change> changes) {

  /**
   * A record and where it stands.
   *
   * @param input the record
   * @param place topic, partition and offset
   */
  public record Placed(RehearsalInput input, String place) {}

  /**
   * A record that would be decided otherwise.
   *
   * @param place topic, partition and offset
   * @param key its key
   * @param before what is written because of it now
   * @param after what would be
   */
  public record Change(String place, String key, String before, String after) {}

  /** Compares two policies. */
  public static Comparison of(
      StreamsAppConfig config, List<Policy> present, List<Policy> proposed, List<Placed> records) {
    List<RehearsalResult> now = play(config, present, records);
    List<RehearsalResult> then = play(config, proposed, records);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (!now.get(i).equals(then.get(i))) {
        changes.add(change(records.get(i), now.get(i), then.get(i)));
      }
    }
    return new Comparison(records.size(), counts(now), counts(then), changes);
  }

  /** Every kind of thing that either wrote. */
  public Set<String> kinds() {
    Set<String> kinds = new TreeSet<>(before.keySet());
    kinds.addAll(after.keySet());
    return kinds;
  }

  private static Change change(Placed record, RehearsalResult before, RehearsalResult after) {
    return new Change(record.place, record.input.key(), told(before, after), told(after, before));
  }

  /** The kinds; where they are the same in both, the contents. */
  private static String told(RehearsalResult result, RehearsalResult other) {
    String kinds = kinds(result);
    return kinds.equals(kinds(other))
        ? result.written().stream()
            .map(RehearsalResult.Written::content)
            .collect(Collectors.joining("; "))
        : kinds;
  }

  private static String kinds(RehearsalResult result) {
    return result.written().stream()
        .map(RehearsalResult.Written::kind)
        .collect(Collectors.joining("; "));
  }

  private static Map<String, Integer> counts(List<RehearsalResult> result) {
    Map<String, Integer> counts = new TreeMap<>();
    result.forEach(
        one -> one.written().forEach(written -> counts.merge(written.kind(), 1, Integer::sum)));
    return counts;
  }

  private static List<RehearsalResult> play(
      StreamsAppConfig config, List<Policy> policies, List<Placed> records) {
    try (ScratchFolder folder = ScratchFolder.make("alluvium-rehearsal");
        Rehearsal rehearsal = new Rehearsal(config, policies, folder.path())) {
      return records.stream().map(record -> rehearsal.play(record.input)).toList();
    }
  }
}
