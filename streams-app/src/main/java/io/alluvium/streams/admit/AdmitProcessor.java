package io.alluvium.streams.admit;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.fate.Moment;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.fate.StageProcessor;
import io.alluvium.streams.fate.Verdict;
import io.alluvium.streams.policy.Prepared;

/** Asks {@link AdmitRules}, prepared once for each policy. */
public final class AdmitProcessor extends StageProcessor<TrainingExample, TrainingExample> {
  private final Prepared<AdmitConfig, AdmitRules> rules =
      new Prepared<>(AdmitConfig.class, AdmitRules::new);

  /** For the named stage. */
  public AdmitProcessor(Stage stage) {
    super(stage);
  }

  @Override
  protected Verdict<TrainingExample> judge(TrainingExample example, Moment moment) {
    return Verdict.of(example, rules.of(moment.policy()).check(example, moment));
  }

  @Override
  protected TrainingExample example(TrainingExample value) {
    return value;
  }
}
