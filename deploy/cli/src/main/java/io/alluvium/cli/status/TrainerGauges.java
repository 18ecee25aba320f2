package io.alluvium.cli.status;

import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.stack.ProcessStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the trainer shows of records that wait.
 *
 * @param adapters what waits by adapter, over all partitions; adapters of which nothing waits apart
 * @param reasons records that wait by what they wait for, over all adapters
 */
record TrainerGauges(SortedMap<String, Waits> adapters, SortedMap<String, Long> reasons) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Pattern LINE = Pattern.compile("(?m)^(alluvium_\\w+)\\{(.*)} (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * Records of one adapter that wait.
   *
   * @param oldestSeconds age of the oldest
   */
  record Waits(long records, double oldestSeconds) {
    private Waits and(Waits other) {
      return new Waits(records + other.records, Math.max(oldestSeconds, other.oldestSeconds));
    }
  }

  private record Sample(String name, Map<String, String> labels, double value) {
    String label(String wanted) {
      return labels.getOrDefault(wanted, "");
    }

    Waits waits() {
      return name.endsWith("_seconds") ? new Waits(0, value) : new Waits((long) value, 0);
    }
  }

  /** Asks the trainer among these processes; empty when there is none or it does not answer. */
  static Optional<TrainerGauges> of(List<ProcessStatus> processes) {
    return processes.stream()
        .filter(process -> process.name().equals(AppPlan.TRAIN))
        .filter(process -> process.state() == ProcessStatus.State.RUNNING)
        .findFirst()
        .flatMap(process -> read(process.health().resolve("/metrics")))
        .map(TrainerGauges::parse);
  }

  private static Optional<String> read(URI metrics) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
      return Optional.of(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException silent) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** From Prometheus' text form. */
  static TrainerGauges parse(String text) {
    List<Sample> samples = LINE.matcher(text).results().map(TrainerGauges::sample).toList();
    SortedMap<String, Waits> adapters = new TreeMap<>();
    SortedMap<String, Long> reasons = new TreeMap<>();
    for (Sample sample : samples) {
      switch (sample.name()) {
        case "alluvium_adapter_waiting", "alluvium_adapter_waiting_age_seconds" ->
            adapters.merge(sample.label("adapter"), sample.waits(), Waits::and);
        case "alluvium_window_waiting" ->
            reasons.merge(sample.label("reason"), (long) sample.value(), Long::sum);
        default -> {}
      }
    }
    adapters.values().removeIf(waits -> waits.records() == 0);
    reasons.values().removeIf(records -> records == 0);
    return new TrainerGauges(adapters, reasons);
  }

  private static Sample sample(MatchResult line) {
    return new Sample(
        line.group(1),
        LABEL
            .matcher(line.group(2))
            .results()
            .collect(Collectors.toMap(label -> label.group(1), label -> plain(label.group(2)))),
        Double.parseDouble(line.group(3)));
  }

  private static String plain(String escaped) {
    return escaped.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
