package io.alluvium.streams.fate;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.policy.InForce;
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
    extends ContextualFixedKeyProcessor<Bytes, Arrival<I>, Fate<O>> {
  private final Stage stage;

  /** For the named stage. */
  protected StageProcessor(Stage stage) {
    this.stage = stage;
  }

  @Override
  public final void process(FixedKeyRecord<Bytes, Arrival<I>> record) {
    Arrival<I> arrival = record.value();
    context().forward(record.withValue(fate(arrival, moment(arrival, record.timestamp()))));
  }

  private Moment moment(Arrival<I> arrival, long recordTimeMs) {
    long logTimeMs = arrival.raw().logTimeMs();
    InForce policy = stage.policies().of(example(arrival.value()).getAdapter(), logTimeMs);
    return new Moment(
        context().currentSystemTimeMs(), recordTimeMs, logTimeMs, arrival.raw().origin(), policy);
  }

  private Fate<O> fate(Arrival<I> arrival, Moment moment) {
    Verdict<O> verdict = judge(arrival.value(), moment);
    return verdict instanceof Verdict.Pass<O> pass
        ? stage.pass(pass.value(), arrival.raw())
        : stage.refuse(
            arrival.raw(),
            new Stage.Known(example(arrival.value()), moment.policy()),
            ((Verdict.Refuse<O>) verdict).refusal(),
            moment.nowMs());
  }

  /** The stage's rule. */
  protected abstract Verdict<O> judge(I value, Moment moment);

  /** The example within the value. */
  protected abstract TrainingExample example(I value);
}
