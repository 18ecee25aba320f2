package io.alluvium.cli.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.verify.book.Book.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was found, for people and for programs.
 *
 * @param artifacts folders that were looked at; -1 for none
 */
record Report(Audit audit, int artifacts, Instant now) {

  List<String> text() {
    List<String> lines = new ArrayList<>();
    audit
        .records()
        .forEach((topic, records) -> lines.add("%-24s %d records".formatted(topic, records)));
    lines.add("refused                  " + listed(audit.refused().byTopic()));
    lines.add(
        "training                 %d in windows, %d of no adapter"
            .formatted(audit.totals().inWindows(), audit.totals().foreign()));
    lines.add(
        "adapters                 %d; events %s"
            .formatted(audit.chains().size(), listed(audit.outcomes())));
    waiting().forEach((adapter, wait) -> lines.add(line(adapter, wait)));
    lines.add(
        artifacts < 0
            ? "folders                  not looked at: give --store FOLDER"
            : "folders                  %d looked at".formatted(artifacts));
    lines.add(
        "counted, not proven      %d ids that came again (dedup remembers for a time), examples between admission and scoring"
            .formatted(audit.idsAgain()));
    audit
        .begunLater()
        .forEach(
            topic ->
                lines.add(
                    "%s begins later than its first record: older ones are unknown"
                        .formatted(topic)));
    lines.add(zeros());
    return lines;
  }

  private String zeros() {
    return audit.findings().counts().entrySet().stream()
        .map(rule -> rule.getKey().label() + " " + rule.getValue())
        .collect(Collectors.joining(", "));
  }

  private String line(String adapter, Waiting wait) {
    return "%s: %d records wait, the oldest for %d s".formatted(adapter, wait.records(), age(wait));
  }

  private long age(Waiting wait) {
    return Math.max(0, Duration.between(wait.oldest(), now).toSeconds());
  }

  private Map<String, Waiting> waiting() {
    return new TreeMap<>(audit.totals().waiting());
  }

  private static String listed(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
  }

  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, "records", audit.records());
    put(node, "refused", audit.refused().byTopic());
    node.put("inWindows", audit.totals().inWindows()).put("ofNoAdapter", audit.totals().foreign());
    node.put("adapters", audit.chains().size());
    put(node, "events", audit.outcomes());
    ObjectNode waits = node.putObject("waiting");
    waiting()
        .forEach(
            (adapter, wait) ->
                waits
                    .putObject(adapter)
                    .put("records", wait.records())
                    .put("oldestSeconds", age(wait)));
    node.put("folders", Math.max(0, artifacts)).put("idsAgain", audit.idsAgain());
    audit.begunLater().forEach(node.putArray("begunLater")::add);
    ObjectNode zeros = node.putObject("zeros");
    audit.findings().counts().forEach((rule, count) -> zeros.put(rule.label(), count));
    audit.findings().lines().forEach(node.putArray("violations")::add);
    return node;
  }

  private static void put(ObjectNode node, String key, Map<String, Long> counts) {
    ObjectNode inner = node.putObject(key);
    counts.forEach(inner::put);
  }
}
