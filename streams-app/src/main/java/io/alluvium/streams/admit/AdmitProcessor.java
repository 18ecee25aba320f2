package io.alluvium.streams.admit;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.admit.reason.TextReason;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.policy.Prepared;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageProcessor;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.stage.verdict.Verdict;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;

/** Asks {@link AdmitRules}, then {@link TextRules}, prepared once for each policy. */
public final class AdmitProcessor extends StageProcessor<TrainingExample, TrainingExample> {
  private final Prepared<AdmitConfig, Rules> rules;

  private AdmitProcessor(Stage stage, SuiteBook suites) {
    super(stage);
    this.rules = new Prepared<>(AdmitConfig.class, config -> Rules.of(config, suites));
  }

  /**
   * Makes processors.
   *
   * @param suites what no example may hold
   */
  public record Supplier(Stage stage, SuiteBook suites)
      implements FixedKeyProcessorSupplier<
          Bytes, Arrival<TrainingExample>, StageResult<TrainingExample>> {
    /** Announces what the stage may refuse for. */
    public Supplier {
      stage.announce(AdmitReason.values());
      stage.announce(TextReason.values());
    }

    @Override
    public FixedKeyProcessor<Bytes, Arrival<TrainingExample>, StageResult<TrainingExample>> get() {
      return new AdmitProcessor(stage, suites);
    }
  }

  private record Rules(AdmitRules form, TextRules text) {
    static Rules of(AdmitConfig config, SuiteBook suites) {
      return new Rules(new AdmitRules(config), new TextRules(config, suites));
    }
  }

  @Override
  protected Verdict<TrainingExample> judge(TrainingExample example, RuleContext context) {
    Rules prepared = rules.of(context.policy());
    Optional<Refusal> refusal = prepared.form.check(example, context);
    return refusal.isPresent()
        ? new Verdict.Refuse<>(refusal.get())
        : prepared.text.judge(example, context.logTimeMs());
  }

  @Override
  protected TrainingExample example(TrainingExample value) {
    return value;
  }
}
