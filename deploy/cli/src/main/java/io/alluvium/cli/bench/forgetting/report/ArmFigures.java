package io.alluvium.cli.bench.forgetting.report;

import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Cell;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Row;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What one seed of an arm comes to in one test of the new domains.
 *
 * @param answers by exact match
 * @param nats by loss
 * @param old what became of what the base could do
 */
record ArmFigures(Answers answers, Nats nats, Old old) {
  private static final String FACTS = "facts";

  /**
   * Exact matches.
   *
   * @param learned on a domain right after it was learned, mean over domains
   * @param kept on all domains at the end, mean
   * @param transfer backward: at the end less right after learning, mean over all domains but the
   *     last
   * @param worst the same of the domain that lost most
   */
  record Answers(double learned, double kept, double transfer, double worst) {}

  /**
   * Losses, nats per token of an answer.
   *
   * @param learned on a domain right after it was learned, mean over domains
   * @param lost of the nats that all domains but the last gained when they were learned, the share
   *     that is lost at the end; not a number where nothing was gained
   * @param worst the same of the domain that lost the greatest share
   * @param last on the last domain at the end
   * @param kl KL(base ‖ adapter) on each domain right after it was learned, mean
   */
  record Nats(double learned, double lost, double worst, double last, double kl) {}

  /**
   * What became of what the base could do: the end less the base.
   *
   * @param rules exact match on its old rules
   * @param facts the same on its old facts
   * @param skills loss on all old skills, nats per token of an answer
   * @param text loss on old text
   */
  record Old(double rules, double facts, double skills, double text) {}

  /**
   * Of a result.
   *
   * @param test of the new domains, such as {@code rules}
   */
  static ArmFigures of(SequenceResult result, String test) {
    return new ArmFigures(
        answers(result.rows(), test), nats(result.rows(), test), old(result.rows()));
  }

  private static Answers answers(List<Row> rows, String test) {
    Row last = last(rows);
    double learned = 0;
    double kept = 0;
    double transfer = 0;
    double worst = 0;
    int domains = rows.size() - 1;
    for (int number = 1; number <= domains; number++) {
      String domain = rows.get(number).after();
      double then = cell(rows.get(number), domain, test).exactMatch();
      double now = cell(last, domain, test).exactMatch();
      learned += then / domains;
      kept += now / domains;
      if (number < domains) {
        transfer += (now - then) / (domains - 1);
        worst = Math.min(worst, now - then);
      }
    }
    return new Answers(learned, kept, transfer, worst);
  }

  private static Nats nats(List<Row> rows, String test) {
    Row last = last(rows);
    double learned = 0;
    double gained = 0;
    double lost = 0;
    double worst = Double.NEGATIVE_INFINITY;
    int domains = rows.size() - 1;
    for (int number = 1; number <= domains; number++) {
      String domain = rows.get(number).after();
      double then = cell(rows.get(number), domain, test).loss();
      learned += then / domains;
      if (number < domains) {
        double gain = cell(rows.get(0), domain, test).loss() - then;
        double loss = cell(last, domain, test).loss() - then;
        gained += gain;
        lost += loss;
        worst = Math.max(worst, share(loss, gain));
      }
    }
    double kl = rows.stream().skip(1).mapToDouble(Row::newKl).average().orElse(Double.NaN);
    double end = cell(last, last.after(), test).loss();
    return new Nats(learned, share(lost, gained), worst, end, kl);
  }

  private static double share(double lost, double gained) {
    return gained > 0 ? lost / gained : Double.NaN;
  }

  private static Old old(List<Row> rows) {
    Predicate<Cell> text = cell -> cell.domain().equals(SequenceResult.OLD);
    Predicate<Cell> facts = cell -> cell.domain().equals(FACTS);
    return new Old(
        change(rows, Cell::exactMatch, facts.or(text).negate()),
        change(rows, Cell::exactMatch, facts),
        change(rows, Cell::loss, text.negate()),
        change(rows, Cell::loss, text));
  }

  private static Cell cell(Row row, String domain, String test) {
    return row.cells().stream()
        .filter(cell -> cell.domain().equals(domain) && cell.test().equals(test))
        .findFirst()
        .orElseThrow();
  }

  private static double change(
      List<Row> rows, ToDoubleFunction<Cell> measure, Predicate<Cell> counts) {
    return mean(last(rows), measure, counts) - mean(rows.get(0), measure, counts);
  }

  private static double mean(Row row, ToDoubleFunction<Cell> measure, Predicate<Cell> counts) {
    return row.skills().stream().filter(counts).mapToDouble(measure).average().orElse(Double.NaN);
  }

  private static Row last(List<Row> rows) {
    return rows.get(rows.size() - 1);
  }
}
