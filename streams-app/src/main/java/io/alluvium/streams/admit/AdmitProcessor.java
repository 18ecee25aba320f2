package io.alluvium.streams.admit;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.fate.Moment;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.fate.StageProcessor;
import io.alluvium.streams.fate.Verdict;

/** Asks {@link AdmitRules}. */
public final class AdmitProcessor extends StageProcessor<TrainingExample, TrainingExample> {
  private final AdmitRules rules;

  /** With these limits. */
  public AdmitProcessor(Stage stage, AdmitConfig limits) {
    super(stage);
    this.rules = new AdmitRules(limits);
  }

  @Override
  protected Verdict<TrainingExample> judge(TrainingExample example, Moment moment) {
    return Verdict.of(example, rules.check(example, moment));
  }

  @Override
  protected TrainingExample example(TrainingExample value) {
    return value;
  }
}
