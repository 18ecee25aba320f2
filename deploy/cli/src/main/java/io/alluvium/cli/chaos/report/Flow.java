package io.alluvium.cli.chaos.report;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where all records went.
 *
 * @param produced acknowledged by the broker
 * @param admissible of them that admission must let through
 * @param accepted of them that it did
 * @param refused by reason, at admission
 * @param settled refused, or in a window of an event
 * @param versions by outcome
 */
public record Flow(
    long produced,
    long admissible,
    long accepted,
    SortedMap<String, Long> refused,
    long settled,
    SortedMap<String, Long> versions) {

  /** What must be zero here, and is not known to {@code verify}. */
  public Map<String, Long> zeros() {
    long refusals = refused.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> zeros = new TreeMap<>();
    zeros.put("neither accepted nor refused", produced - accepted - refusals);
    zeros.put("accepted wrongly", accepted - admissible);
    zeros.put("not settled", produced - settled);
    return zeros;
  }
}
