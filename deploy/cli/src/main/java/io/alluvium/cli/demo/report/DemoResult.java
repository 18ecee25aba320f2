package io.alluvium.cli.demo.report;

import io.alluvium.cli.demo.measure.Knowledge;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that a demo found out.
 *
 * @param flow what became of the records
 * @param before what the base knows
 * @param after what the last published version knows; the base's knowledge when there is none
 * @param plain what plain training on the same records leaves; empty unless asked for
 * @param wallSeconds from the command's start to the summary
 * @param adapterFolder of the last published version; empty when there is none
 */
public record DemoResult(
    Flow flow,
    Knowledge before,
    Knowledge after,
    Optional<Knowledge> plain,
    double wallSeconds,
    Optional<Path> adapterFolder) {

  /**
   * What became of the records.
   *
   * @param recordsIn records acknowledged by the broker
   * @param rejected refused records by reason
   * @param windows rounds
   * @param released rounds that published a version
   * @param continued rounds that did not, and from whose candidate training goes on
   * @param refused rounds whose candidate was thrown away, by reason
   * @param stageSeconds that all rounds together spent at work, by stage
   * @param freshnessP50Seconds median of produced to published
   * @param freshnessP95Seconds 95th percentile of the same
   * @param firstReleaseSeconds from the first record to the first published version; not a number
   *     when there is none
   */
  public record Flow(
      long recordsIn,
      SortedMap<String, Long> rejected,
      long windows,
      long released,
      long continued,
      SortedMap<String, Long> refused,
      SortedMap<String, Double> stageSeconds,
      double freshnessP50Seconds,
      double freshnessP95Seconds,
      double firstReleaseSeconds) {

    long accepted() {
      return recordsIn - rejected.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
