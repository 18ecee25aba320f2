package io.alluvium.cli.bench.forgetting;

import io.alluvium.trainer.bench.forgetting.SequenceResult;
import io.alluvium.trainer.bench.forgetting.SequenceResult.Cell;
import io.alluvium.trainer.bench.forgetting.SequenceResult.Row;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What one seed of an arm comes to.
 *
 * @param learned exact match on a domain right after it was learned, mean over domains
 * @param kept exact match on all domains at the end, mean
 * @param transfer backward: exact match at the end less that right after learning, mean over all
 *     domains but the last
 * @param worst the same of the domain that lost most
 * @param oldRules exact match on the base's old rules at the end less that of the base
 * @param oldFacts the same on its old facts
 * @param oldNats loss on all old skills at the end less that of the base, nats per token of an
 *     answer
 */
record ArmFigures(
    double learned,
    double kept,
    double transfer,
    double worst,
    double oldRules,
    double oldFacts,
    double oldNats) {
  private static final String FACTS = "facts";

  /**
   * Of a result.
   *
   * @param test of the new domains: {@code rules} or {@code facts}
   */
  static ArmFigures of(SequenceResult result, String test) {
    List<Row> rows = result.rows();
    Row base = rows.get(0);
    Row last = rows.get(rows.size() - 1);
    double learned = 0;
    double kept = 0;
    double transfer = 0;
    double worst = 0;
    int domains = rows.size() - 1;
    for (int number = 1; number <= domains; number++) {
      String domain = rows.get(number).after();
      double then = exactMatch(rows.get(number), domain, test);
      double now = exactMatch(last, domain, test);
      learned += then / domains;
      kept += now / domains;
      if (number < domains) {
        transfer += (now - then) / (domains - 1);
        worst = Math.min(worst, now - then);
      }
    }
    return new ArmFigures(
        learned,
        kept,
        transfer,
        worst,
        skills(last, base, Cell::exactMatch, cell -> !cell.domain().equals(FACTS)),
        skills(last, base, Cell::exactMatch, cell -> cell.domain().equals(FACTS)),
        skills(last, base, Cell::loss, cell -> true));
  }

  private static double exactMatch(Row row, String domain, String test) {
    return row.cells().stream()
        .filter(cell -> cell.domain().equals(domain) && cell.test().equals(test))
        .mapToDouble(Cell::exactMatch)
        .findFirst()
        .orElseThrow();
  }

  private static double skills(
      Row after, Row before, ToDoubleFunction<Cell> measure, Predicate<Cell> counts) {
    return mean(after, measure, counts) - mean(before, measure, counts);
  }

  private static double mean(Row row, ToDoubleFunction<Cell> measure, Predicate<Cell> counts) {
    return row.skills().stream().filter(counts).mapToDouble(measure).average().orElse(Double.NaN);
  }
}
