package io.alluvium.trainer.bench.forgetting.measure;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Cell;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Row;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of an adapter at one moment.
 *
 * @param decoder the base; stays the caller's
 * @param domains all that are learned in their time
 * @param skills the base's old skills, old text among them
 */
public record Measures(Decoder decoder, List<Domain> domains, List<RetentionSuite> skills) {
  private static final int KL_QUESTIONS = 16;

  /** Copies. */
  public Measures {
    domains = List.copyOf(domains);
    skills = List.copyOf(skills);
  }

  /** All measures of the base alone. */
  public Row base() {
    return new Row("base", cells(null), skillCells(null), 0);
  }

  /**
   * All measures after a domain was learned.
   *
   * @param adapter null for the base alone
   */
  public Row after(Domain domain, @Nullable LoraWeights adapter) {
    return new Row(domain.name(), cells(adapter), skillCells(adapter), kl(domain, adapter));
  }

  private List<Cell> cells(@Nullable LoraWeights adapter) {
    List<Cell> cells = new ArrayList<>();
    for (Domain domain : domains) {
      domain.tests().forEach((test, items) -> cells.add(cell(domain.name(), test, items, adapter)));
    }
    return cells;
  }

  private List<Cell> skillCells(@Nullable LoraWeights adapter) {
    return skills.stream().map(suite -> cell(suite.skill(), "", suite.items(), adapter)).toList();
  }

  private Cell cell(
      String domain, String test, List<TokenSequence> items, @Nullable LoraWeights adapter) {
    Scores scores = decoder.score(items, adapter);
    return new Cell(domain, test, scores.meanLoss(), scores.exactMatchShare());
  }

  private double kl(Domain domain, @Nullable LoraWeights adapter) {
    return adapter == null
        ? 0
        : domain.tests().values().stream()
            .flatMap(items -> items.stream().limit(KL_QUESTIONS))
            .mapToDouble(item -> kl(item, adapter))
            .average()
            .orElse(Double.NaN);
  }

  /** Mean over the positions that predict a token of the answer. */
  private double kl(TokenSequence item, LoraWeights adapter) {
    double sum = 0;
    for (int end : item.supervised()) {
      int[] before = Arrays.copyOf(item.ids(), end);
      sum += kl(decoder.lastLogits(before, null), decoder.lastLogits(before, adapter));
    }
    return sum / item.responseTokens();
  }

  /** KL(p ‖ q) in nats of two distributions given by their logits. */
  static double kl(double[] p, double[] q) {
    double pNorm = logSumExp(p);
    double qNorm = logSumExp(q);
    double sum = 0;
    for (int n = 0; n < p.length; n++) {
      double logP = p[n] - pNorm;
      sum += Math.exp(logP) * (logP - (q[n] - qNorm));
    }
    return sum;
  }

  private static double logSumExp(double[] values) {
    double most = Arrays.stream(values).max().orElseThrow();
    return most + Math.log(Arrays.stream(values).map(value -> Math.exp(value - most)).sum());
  }
}
