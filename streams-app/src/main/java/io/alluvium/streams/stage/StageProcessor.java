package io.alluvium.streams.stage;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.policy.document.EffectivePolicy;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.stage.verdict.Verdict;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Asks a stage's rule about each arrival and sends it where the verdict says.
 *
 * @param <I> the value type that arrives
 * @param <O> the value type that goes on
 */
public abstract class StageProcessor<I, O>
    extends ContextualFixedKeyProcessor<Bytes, Arrival<I>, StageResult<O>> {
  private final Stage stage;

  /** For the named stage. */
  protected StageProcessor(Stage stage) {
    this.stage = stage;
  }

  @Override
  public final void process(FixedKeyRecord<Bytes, Arrival<I>> record) {
    Arrival<I> arrival = record.value();
    context().forward(record.withValue(result(arrival, judged(arrival, record.timestamp()))));
  }

  private RuleContext judged(Arrival<I> arrival, long recordTimeMs) {
    long logTimeMs = arrival.raw().logTimeMs();
    EffectivePolicy policy = stage.policies().of(example(arrival.value()).getAdapter(), logTimeMs);
    return new RuleContext(
        context().currentSystemTimeMs(), recordTimeMs, logTimeMs, arrival.raw().origin(), policy);
  }

  private StageResult<O> result(Arrival<I> arrival, RuleContext context) {
    Verdict<O> verdict = judge(arrival.value(), context);
    if (verdict instanceof Verdict.Pass<O> pass) {
      return stage.pass(pass.value(), arrival.raw());
    }
    return verdict instanceof Verdict.Masked<O> masked
        ? stage.pass(masked.value(), arrival.raw().withheld())
        : stage.refuse(
            arrival.raw(),
            new Stage.Known(example(arrival.value()), context.policy()),
            ((Verdict.Refuse<O>) verdict).refusal(),
            context.nowMs());
  }

  /** The stage's rule. */
  protected abstract Verdict<O> judge(I value, RuleContext context);

  /** The example within the value. */
  protected abstract TrainingExample example(I value);
}
