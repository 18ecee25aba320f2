package io.alluvium.cli.demo.measure;

import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.model.Model;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The questions that every version is asked, and the base that answers. One thread at a time. */
public final class Examination implements AutoCloseable {
  private final Model model;
  private final List<TokenSequence> questions;
  private final List<RetentionSuite> suites;

  private Examination(Model model, List<TokenSequence> questions, List<RetentionSuite> suites) {
    this.model = model;
    this.questions = questions;
    this.suites = suites;
  }

  /**
   * Opens the base.
   *
   * @param plan base and suites
   * @param heldOut questions of the new domain
   */
  public static Examination open(ModelPlan plan, List<QuestionAndAnswer> heldOut) {
    Model model = Model.open(plan.base(), 1);
    List<TokenSequence> questions =
        heldOut.stream().map(q -> model.encode(q.prompt(), q.completion())).toList();
    List<RetentionSuite> suites = new ArrayList<>();
    for (Path file : plan.suites()) {
      suites.addAll(RetentionSuite.load(file, model::encode, model.maxTokens()));
    }
    return new Examination(model, questions, List.copyOf(suites));
  }

  /** What the base knows without any adapter. */
  public Knowledge base() {
    return with(null);
  }

  /** What a published folder knows. */
  public Knowledge of(Path adapter) {
    try (LoraWeights weights = model.adapter(adapter)) {
      return with(weights);
    }
  }

  /** New-domain exact match alone, for a look in between. */
  public double newDomain(Path adapter) {
    try (LoraWeights weights = model.adapter(adapter)) {
      return share(questions, weights);
    }
  }

  Knowledge with(@Nullable LoraWeights weights) {
    TreeMap<String, Double> skills = new TreeMap<>();
    suites.forEach(suite -> skills.put(suite.skill(), share(suite.items(), weights)));
    return new Knowledge(share(questions, weights), skills);
  }

  private double share(List<TokenSequence> items, @Nullable LoraWeights weights) {
    return model.score(items, weights).exactMatchShare();
  }

  Model model() {
    return model;
  }

  @Override
  public void close() {
    model.close();
  }
}
