package io.alluvium.cli.bench.domains.exam;

import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.model.Model;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TextReader;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts that are never sent, and the base that is measured on them. One thread at a time. */
public final class Exam implements AutoCloseable {
  private static final int BATCH = 64;

  private final Model model;
  private final List<TokenSequence> first;
  private final List<TokenSequence> second;
  private final List<TokenSequence> old;

  private Exam(Model model, ModelPlan plan, Material first, Material second) {
    this.model = model;
    this.first = encoded(first.heldBack());
    this.second = encoded(second.heldBack());
    this.old =
        plan.suites().stream()
            .flatMap(file -> RetentionSuite.load(file, model::encode, model.maxTokens()).stream())
            .flatMap(suite -> suite.items().stream())
            .toList();
  }

  /** Opens the base; the caller closes it. */
  public static Exam open(ModelPlan plan, Material first, Material second) {
    return new Exam(Model.open(plan.base(), 1), plan, first, second);
  }

  /** Texts longer than the base takes are left out, as training leaves them out. */
  private List<TokenSequence> encoded(List<TrainingExample> examples) {
    return examples.stream()
        .map(example -> model.encode(TextReader.textOf(example)))
        .filter(tokens -> tokens.length() <= model.maxTokens())
        .toList();
  }

  /** Losses of the base alone, or under an adapter's folder. */
  public Losses under(Optional<Path> adapter) {
    if (adapter.isEmpty()) {
      return losses(null);
    }
    try (LoraWeights weights = model.adapter(adapter.get())) {
      return losses(weights);
    }
  }

  private Losses losses(@Nullable LoraWeights weights) {
    return new Losses(loss(first, weights), loss(second, weights), loss(old, weights));
  }

  private double loss(List<TokenSequence> texts, @Nullable LoraWeights weights) {
    double nats = 0;
    long tokens = 0;
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<TokenSequence> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
      Scores scores = model.score(batch, weights);
      for (int n = 0; n < batch.size(); n++) {
        nats += (double) scores.losses()[n] * batch.get(n).responseTokens();
        tokens += batch.get(n).responseTokens();
      }
    }
    return nats / tokens;
  }

  @Override
  public void close() {
    model.close();
  }

  /**
   * Nats per token of the answers; not a number where there are no texts.
   *
   * @param first of the first domain
   * @param second of the second domain
   * @param old of the suites, which the base knows
   */
  public record Losses(double first, double second, double old) {}
}
