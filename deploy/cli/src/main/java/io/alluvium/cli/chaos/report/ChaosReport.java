package io.alluvium.cli.chaos.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was done, what became of it, and what must be zero.
 *
 * @param harm what was done
 * @param flow where all records went
 * @param recoveries by process
 * @param notes what was not planned: ends that nobody asked for, faults that could not be done
 * @param verify what {@code verify} printed
 * @param seconds from the first record until all was settled
 */
public record ChaosReport(
    Harm harm,
    Flow flow,
    List<Recovery> recoveries,
    List<String> notes,
    JsonNode verify,
    double seconds) {

  /**
   * What was done.
   *
   * @param kills by process
   * @param faults by kind
   * @param points kills at chosen points by what had been reached
   */
  public record Harm(
      Map<String, Integer> kills, Map<String, Integer> faults, Map<String, Integer> points) {
    /** Kills of all processes. */
    public int killed() {
      return kills.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Copies. */
  public ChaosReport {
    recoveries = List.copyOf(recoveries);
    notes = List.copyOf(notes);
  }

  /** Whether everything that must be zero is. */
  public boolean clean() {
    return verify.path("violations").isEmpty()
        && flow.zeros().values().stream().allMatch(count -> count == 0);
  }

  /** For people. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add("kills      " + harm.killed() + ": " + listed(harm.kills()));
    lines.add("faults     " + listed(harm.faults()));
    lines.add("points     " + listed(harm.points()));
    lines.add(
        "records    %d produced, %d accepted, refused %s"
            .formatted(flow.produced(), flow.accepted(), listed(flow.refused())));
    lines.add("versions   " + listed(flow.versions()));
    lines.add(String.format(Locale.ROOT, "time       %.0f s until all was settled", seconds));
    lines.add("");
    lines.add("kill to next work   seen    p50 s    p95 s    max s  cut short");
    recoveries.forEach(recovery -> lines.add(recovery.line()));
    lines.add("");
    lines.addAll(notes);
    lines.add("zeros      " + listed(flow.zeros()));
    lines.add("verify     " + verify.path("zeros"));
    return lines;
  }

  private static String listed(Map<String, ? extends Number> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
  }

  /** For programs. */
  public ArrayNode json() {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    ObjectNode json = results.addObject();
    put(json.put("kills", harm.killed()).putObject("killsByProcess"), harm.kills());
    put(json.putObject("faults"), harm.faults());
    put(json.putObject("points"), harm.points());
    json.put("produced", flow.produced()).put("accepted", flow.accepted());
    put(json.putObject("refused"), flow.refused());
    put(json.putObject("versions"), flow.versions());
    json.put("seconds", seconds);
    recoveries.forEach(recovery -> recovery(json.withObject("/recovery"), recovery));
    notes.forEach(json.putArray("notes")::add);
    put(json.putObject("zeros"), flow.zeros());
    json.set("verify", verify);
    return results;
  }

  private static void recovery(ObjectNode all, Recovery recovery) {
    ObjectNode json = all.putObject(recovery.process());
    json.put("seen", recovery.seconds().size()).put("cutShort", recovery.cutShort());
    number(json, "p50Seconds", recovery.p50());
    number(json, "p95Seconds", recovery.p95());
    number(json, "maxSeconds", recovery.longest());
  }

  /** JSON has no word for what is not a number. */
  private static void number(ObjectNode json, String key, double value) {
    json.put(key, Double.isFinite(value) ? value : null);
  }

  private static void put(ObjectNode json, Map<String, ? extends Number> counts) {
    counts.forEach((key, count) -> json.put(key, count.longValue()));
  }
}
