package io.alluvium.streams.weigh;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageProcessor;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.stage.verdict.Verdict;
import io.alluvium.streams.store.SharedLimit;
import io.alluvium.streams.store.journal.Journal;
import io.alluvium.streams.store.layout.Layout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Stamps weight and temperature on each candidate. Replays and general examples are weighed with
 * the temperature in force and leave it alone: they have been counted, or are another kind.
 */
public final class WeighProcessor extends StageProcessor<Candidate, WeightedExample> {
  static final String STORE = "weigh-state";

  private static final int STEPS_PER_SNAPSHOT = 256;

  /** Of its store. */
  public static final Layout LAYOUT = Journal.layout(STORE, STEPS_PER_SNAPSHOT);

  /** In all tasks of the process. */
  private static final int DECODED = 12_288;

  private final Stage stage;
  private final Journal.Keeping keeping;
  private @Nullable Journal<WeighState> journal;
  private @Nullable Cancellable sweeps;

  private WeighProcessor(Stage stage, Journal.Keeping keeping) {
    super(stage);
    this.keeping = keeping;
    this.stage = stage;
  }

  /**
   * Makes processors and their stores.
   *
   * @param keeping how many states stay decoded, and how long idle ones stay at all
   */
  public record Supplier(Stage stage, Journal.Keeping keeping)
      implements FixedKeyProcessorSupplier<
          Bytes, Arrival<Candidate>, StageResult<WeightedExample>> {
    /** Announces what the stage may refuse for. */
    public Supplier {
      stage.announce(WeighReason.values());
    }

    /** With the usual number of decoded states. */
    public static Supplier of(Stage stage, Duration idle) {
      return new Supplier(stage, new Journal.Keeping(new SharedLimit(DECODED), idle));
    }

    @Override
    public FixedKeyProcessor<Bytes, Arrival<Candidate>, StageResult<WeightedExample>> get() {
      return new WeighProcessor(stage, keeping);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Journal.store(STORE));
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<Bytes, StageResult<WeightedExample>> context) {
    super.init(context);
    Journal<WeighState> states =
        new Journal<>(
            context, STORE, new Journal.Kind<>(new States(), STEPS_PER_SNAPSHOT, keeping));
    journal = states;
    sweeps =
        context.schedule(
            Journal.SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> states.sweep());
  }

  @Override
  public void close() {
    if (sweeps != null) {
      sweeps.cancel();
    }
    if (journal != null) {
      journal.close();
    }
  }

  private record States() implements Journal.Format<WeighState> {
    @Override
    public WeighState fresh() {
      return new WeighState();
    }

    @Override
    public WeighState read(ByteBuffer snapshot) {
      return WeighState.read(snapshot);
    }
  }

  @Override
  protected Verdict<WeightedExample> judge(Candidate candidate, RuleContext context) {
    if (!candidate.hasUsableLoss()) {
      double loss = candidate.scored().getBaseLoss();
      return new Verdict.Refuse<>(
          new Refusal(
              WeighReason.BAD_LOSS, "baseLoss is " + loss + ", must be finite, at least 0"));
    }
    WeighConfig config = context.policy().section(WeighConfig.class);
    return new Verdict.Pass<>(weigh(candidate, context, config).stamp(candidate, config, context));
  }

  private Weight weigh(Candidate candidate, RuleContext context, WeighConfig config) {
    Journal<WeighState> states = Objects.requireNonNull(journal);
    double loss = candidate.scored().getBaseLoss();
    states.seen(candidate.track(), context.logTimeMs());
    WeighState state = states.state(candidate.track());
    long offset = context.origin().getOffset();
    Weight weight = Weight.of(candidate, state.scale(loss, offset, config), config);
    if (candidate.replayOf() == null) {
      states.took(candidate.track(), state.take(loss, weight, config));
      show(candidate.adapter(), weight, state, config);
    }
    return weight;
  }

  private void show(String adapter, Weight weight, WeighState state, WeighConfig config) {
    stage.watch().temperature(adapter, weight.scale().temperature().nats());
    if (state.isAtEpochStart()) {
      boolean alarm = state.effectiveShare() < config.minEffectiveShare();
      stage.watch().effectiveShare(adapter, state.effectiveShare());
      if (alarm) {
        stage.watch().fewEffective().increment();
      }
    }
  }

  @Override
  protected TrainingExample example(Candidate value) {
    return value.scored().getExample();
  }
}
