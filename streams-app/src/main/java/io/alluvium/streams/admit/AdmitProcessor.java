package io.alluvium.streams.admit;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageProcessor;
import io.alluvium.streams.stage.verdict.Verdict;
import io.alluvium.streams.policy.Prepared;
import java.util.Optional;

/** Asks {@link AdmitRules}, then {@link TextRules}, prepared once for each policy. */
public final class AdmitProcessor extends StageProcessor<TrainingExample, TrainingExample> {
  private final Prepared<AdmitConfig, Rules> rules;

  /**
   * For the named stage.
   *
   * @param suites what no example may hold
   */
  public AdmitProcessor(Stage stage, SuiteBook suites) {
    super(stage);
    this.rules = new Prepared<>(AdmitConfig.class, config -> Rules.of(config, suites));
  }

  private record Rules(AdmitRules form, TextRules text) {
    static Rules of(AdmitConfig config, SuiteBook suites) {
      return new Rules(new AdmitRules(config), new TextRules(config, suites));
    }
  }

  @Override
  protected Verdict<TrainingExample> judge(TrainingExample example, RuleContext moment) {
    Rules prepared = rules.of(moment.policy());
    Optional<Refusal> refusal = prepared.form.check(example, moment);
    return refusal.isPresent()
        ? new Verdict.Refuse<>(refusal.get())
        : prepared.text.judge(example, moment.logTimeMs());
  }

  @Override
  protected TrainingExample example(TrainingExample value) {
    return value;
  }
}
