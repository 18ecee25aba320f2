package io.alluvium.streams.fate;

import io.alluvium.schemas.TrainingExample;
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
    Moment moment =
        new Moment(context().currentSystemTimeMs(), record.timestamp(), arrival.raw().origin());
    context().forward(record.withValue(fate(arrival, moment)));
  }

  private Fate<O> fate(Arrival<I> arrival, Moment moment) {
    Verdict<O> verdict = judge(arrival.value(), moment);
    if (verdict instanceof Verdict.Pass<O> pass) {
      return stage.pass(pass.value(), arrival.raw());
    }
    Refusal refusal = ((Verdict.Refuse<O>) verdict).refusal();
    return stage.refuse(arrival.raw(), example(arrival.value()), refusal, moment.nowMs());
  }

  /** The stage's rule. */
  protected abstract Verdict<O> judge(I value, Moment moment);

  /** The example within the value. */
  protected abstract TrainingExample example(I value);
}
