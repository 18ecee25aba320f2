package io.alluvium.cli.bench.forgetting.report;

import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Cell;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The results of all arms in Markdown.
 *
 * @param results in the order in which they were asked for
 */
public record ForgettingReport(List<SequenceResult> results) {
  /** A table for each kind of question that the new domains have. */
  public List<String> tables() {
    List<String> lines = new ArrayList<>();
    for (String test : tests()) {
      lines.add("new " + test + "; mean and 95 % interval over seeds and orders");
      lines.add("");
      lines.addAll(new ArmTable(results, test).lines());
      lines.add("");
    }
    return lines;
  }

  /** For each kind the arms as points: what they learned against what they lost. */
  public List<ArmChart> charts() {
    return tests().stream().map(test -> new ArmChart(new ArmTable(results, test))).toList();
  }

  /** What became of every domain after each, arm by arm: the first seed and order of each. */
  public List<String> matrices() {
    List<String> lines = new ArrayList<>();
    for (String test : tests()) {
      for (String arm : results.stream().map(SequenceResult::arm).distinct().toList()) {
        results.stream()
            .filter(result -> result.arm().equals(arm))
            .findFirst()
            .ifPresent(result -> lines.addAll(matrix(result, test)));
      }
    }
    return lines;
  }

  /** Kinds of questions, in alphabetic order. */
  private List<String> tests() {
    return results.stream()
        .flatMap(result -> result.rows().get(0).cells().stream())
        .map(Cell::test)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> matrix(SequenceResult result, String test) {
    List<String> domains = result.rows().stream().skip(1).map(Row::after).toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        "`%s`, %s, seed %d: exact match (nats per token) on the domain above after the one on the left"
            .formatted(result.arm(), test, result.seed()));
    lines.add("");
    lines.add("| after | " + String.join(" | ", domains) + " |");
    lines.add("|---".repeat(domains.size() + 1) + "|");
    result
        .rows()
        .forEach(row -> lines.add("| %s | %s |".formatted(row.after(), cells(row, domains, test))));
    lines.add("");
    return lines;
  }

  private static String cells(Row row, List<String> domains, String test) {
    return domains.stream()
        .map(
            domain ->
                row.cells().stream()
                    .filter(cell -> cell.domain().equals(domain) && cell.test().equals(test))
                    .map(ForgettingReport::words)
                    .findFirst()
                    .orElse("–"))
        .collect(Collectors.joining(" | "));
  }

  private static String words(Cell cell) {
    return String.format(Locale.ROOT, "%.3f (%.3f)", cell.exactMatch(), cell.loss());
  }
}
