package io.alluvium.cli.bench.forgetting.report;

import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Arms by figures in one test, as a Markdown table without the columns that say nothing.
 *
 * @param results in the order in which they were asked for
 * @param test of the new domains, such as {@code rules}
 */
record ArmTable(List<SequenceResult> results, String test) {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("learned", figures -> figures.answers().learned()),
          new Column("kept at the end", figures -> figures.answers().kept()),
          new Column("backward transfer", figures -> figures.answers().transfer()),
          new Column("worst domain", figures -> figures.answers().worst()),
          new Column("learned, nats", figures -> figures.nats().learned()),
          new Column("of the gain lost", figures -> figures.nats().lost()),
          new Column("worst domain's", figures -> figures.nats().worst()),
          new Column("last domain, nats", figures -> figures.nats().last()),
          new Column("KL to the base", figures -> figures.nats().kl()),
          new Column("old rules", figures -> figures.old().rules()),
          new Column("old facts", figures -> figures.old().facts()),
          new Column("old skills, nats", figures -> figures.old().skills()),
          new Column("old text, nats", figures -> figures.old().text()));

  /** A figure and its heading. */
  private record Column(String head, ToDoubleFunction<ArmFigures> figure) {}

  List<String> lines() {
    List<Column> columns = COLUMNS.stream().filter(this::saysSomething).toList();
    List<String> lines = new ArrayList<>();
    lines.add(row("arm", columns.stream().map(Column::head).toList(), "runs", "tokens", "s"));
    lines.add("|---".repeat(columns.size() + 4) + "|");
    arms().forEach(arm -> lines.add(line(arm, columns)));
    return lines;
  }

  List<String> arms() {
    return results.stream().map(SequenceResult::arm).distinct().toList();
  }

  /** A figure of an arm over seeds and orders. */
  Interval over(String arm, ToDoubleFunction<ArmFigures> figure) {
    return Interval.of(
        of(arm).stream()
            .map(result -> figure.applyAsDouble(ArmFigures.of(result, test)))
            .filter(Double::isFinite)
            .toList());
  }

  private List<SequenceResult> of(String arm) {
    return results.stream().filter(result -> result.arm().equals(arm)).toList();
  }

  private boolean saysSomething(Column column) {
    return arms().stream().anyMatch(arm -> !Double.isNaN(over(arm, column.figure()).mean()));
  }

  private String line(String arm, List<Column> columns) {
    return row(
        "`" + arm + "`",
        columns.stream().map(column -> over(arm, column.figure()).toString()).toList(),
        String.valueOf(of(arm).size()),
        String.valueOf(Math.round(mean(arm, SequenceResult::tokens))),
        String.valueOf(Math.round(mean(arm, SequenceResult::seconds))));
  }

  private double mean(String arm, ToDoubleFunction<SequenceResult> cost) {
    return of(arm).stream().mapToDouble(cost).average().orElse(0);
  }

  private static String row(String first, List<String> figures, String... costs) {
    List<String> cells = new ArrayList<>();
    cells.add(first);
    cells.addAll(figures);
    cells.addAll(List.of(costs));
    return "| " + String.join(" | ", cells) + " |";
  }
}
