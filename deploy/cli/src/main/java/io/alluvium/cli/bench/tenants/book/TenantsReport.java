package io.alluvium.cli.bench.tenants.book;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What many adapters left behind.
 *
 * @param rows by adapter
 * @param rates over all of them
 * @param burst where there was one
 * @param memory of the trainers
 * @param disturbances what was done to the trainers, a line each
 * @param zeros what {@code verify} printed
 */
public record TenantsReport(
    List<TenantLedger.Row> rows,
    Rates rates,
    Optional<TenantLedger.Burst> burst,
    List<Memory> memory,
    List<String> disturbances,
    JsonNode zeros) {
  private static final double MEBIBYTE = 1 << 20;

  /**
   * Records a minute.
   *
   * @param offered while records were sent
   * @param achieved in windows, from the first record sent to the last event
   */
  public record Rates(double offered, double achieved) {}

  /**
   * Resident bytes of one trainer, over restarts.
   *
   * @param process its name
   * @param first when the first record was sent
   * @param max seen
   * @param last when all was over
   */
  public record Memory(String process, long first, long max, long last) {}

  /** Whether {@code verify} counted nothing. */
  public boolean clean() {
    return zeros.path("violations").isEmpty();
  }

  /** The tables. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "adapter    offered/min produced refused  trained held out replayed underway  waiting released continued rejected    p50 s    p95 s");
    rows.forEach(row -> lines.add(line(row)));
    lines.add(total());
    lines.add("refused by reason  " + listed(refused()));
    lines.add(
        String.format(
            Locale.ROOT,
            "offered %.0f records a minute, achieved %.0f",
            rates.offered(),
            rates.achieved()));
    burst.ifPresent(many -> lines.add(line(many)));
    memory.forEach(one -> lines.add(line(one)));
    lines.addAll(disturbances);
    lines.add("zeros  " + zeros.path("zeros"));
    return lines;
  }

  private static String line(TenantLedger.Row row) {
    return String.format(
        Locale.ROOT,
        "%-10s %11.1f %8d %7d %8d %8d %8d %8d %8d %8d %9d %8d %8.1f %8.1f",
        row.tenant().name(),
        row.tenant().perMinute(),
        row.produced(),
        sum(row.refused()),
        row.trained(),
        row.heldOut(),
        row.replayed(),
        row.underWay(),
        row.waiting(),
        row.rounds().released(),
        row.rounds().continued(),
        row.rounds().rejected(),
        row.freshness().p50(),
        row.freshness().p95());
  }

  private String total() {
    return String.format(
        Locale.ROOT,
        "%-10s %11.1f %8d %7d %8d %8d %8d %8d %8d %8d %9d %8d",
        "all",
        rows.stream().mapToDouble(row -> row.tenant().perMinute()).sum(),
        all(TenantLedger.Row::produced),
        sum(refused()),
        all(TenantLedger.Row::trained),
        all(TenantLedger.Row::heldOut),
        all(TenantLedger.Row::replayed),
        all(TenantLedger.Row::underWay),
        all(TenantLedger.Row::waiting),
        all(row -> row.rounds().released()),
        all(row -> row.rounds().continued()),
        all(row -> row.rounds().rejected()));
  }

  private static String line(TenantLedger.Burst many) {
    return String.format(
        Locale.ROOT,
        "burst: %d records settled in %.0f s; p95 of the others %.1f s before, %.1f s during, ratio %.2f",
        many.settled(),
        many.seconds(),
        many.before(),
        many.during(),
        many.ratio());
  }

  private static String line(Memory one) {
    return String.format(
        Locale.ROOT,
        "%s resident: first %.0f MiB, max %.0f, last %.0f",
        one.process(),
        one.first() / MEBIBYTE,
        one.max() / MEBIBYTE,
        one.last() / MEBIBYTE);
  }

  private long all(ToLongFunction<TenantLedger.Row> number) {
    return rows.stream().mapToLong(number).sum();
  }

  private SortedMap<String, Long> refused() {
    SortedMap<String, Long> all = new TreeMap<>();
    rows.forEach(row -> row.refused().forEach((reason, n) -> all.merge(reason, n, Long::sum)));
    return all;
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String listed(SortedMap<String, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
  }

  /** One object per adapter, and one of all. */
  public ArrayNode json() {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> results.add(json(row)));
    ObjectNode all = results.addObject();
    all.put("offeredPerMinute", rates.offered()).put("achievedPerMinute", rates.achieved());
    burst.ifPresent(many -> all.set("burst", json(many)));
    memory.forEach(one -> all.withArray("memory").add(json(one)));
    disturbances.forEach(all.putArray("disturbances")::add);
    all.set("verify", zeros);
    return results;
  }

  private static ObjectNode json(TenantLedger.Row row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("adapter", row.tenant().name()).put("perMinute", row.tenant().perMinute());
    json.put("produced", row.produced()).put("trained", row.trained());
    json.put("heldOut", row.heldOut()).put("replayed", row.replayed());
    json.put("underWay", row.underWay()).put("waiting", row.waiting());
    json.put("released", row.rounds().released());
    json.put("continued", row.rounds().continued()).put("rejected", row.rounds().rejected());
    put(json, "p50Seconds", row.freshness().p50());
    put(json, "p95Seconds", row.freshness().p95());
    ObjectNode refused = json.putObject("refused");
    row.refused().forEach(refused::put);
    return json;
  }

  private static ObjectNode json(TenantLedger.Burst many) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("settled", many.settled()).put("seconds", many.seconds());
    put(json, "p95Before", many.before());
    put(json, "p95During", many.during());
    put(json, "ratio", many.ratio());
    return json;
  }

  private static ObjectNode json(Memory one) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("process", one.process()).put("firstBytes", one.first());
    return json.put("maxBytes", one.max()).put("lastBytes", one.last());
  }

  /** JSON has no word for what is not a number. */
  private static void put(ObjectNode json, String key, double value) {
    json.put(key, Double.isFinite(value) ? value : null);
  }
}
