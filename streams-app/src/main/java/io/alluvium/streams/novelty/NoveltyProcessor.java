package io.alluvium.streams.novelty;

import io.alluvium.schemas.NoveltySignals;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.candidate.Novelty;
import io.alluvium.streams.novelty.space.Direction;
import io.alluvium.streams.novelty.text.TextFeatures;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageProcessor;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RuleContext;
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

/** Measures each scored example against what is usual for its base and adapter. */
public final class NoveltyProcessor extends StageProcessor<ScoredExample, Candidate> {
  static final String STORE = "novelty-state";

  private static final int STEPS_PER_SNAPSHOT = 128;

  /** Of its store. */
  public static final Layout LAYOUT = Journal.layout(STORE, STEPS_PER_SNAPSHOT);

  /** In all tasks of the process. */
  private static final int DECODED = 12_288;

  private static final byte[] NOWHERE = {};

  private final Stage stage;
  private final NoveltyConfig config;
  private final Journal.Keeping keeping;
  private final TextFeatures words = new TextFeatures();
  private final Direction directions = new Direction();
  private @Nullable Journal<NoveltyState> journal;
  private @Nullable Cancellable sweeps;

  private NoveltyProcessor(Stage stage, NoveltyConfig config, Journal.Keeping keeping) {
    super(stage);
    this.keeping = keeping;
    this.stage = stage;
    this.config = config;
  }

  /**
   * Makes processors and their stores.
   *
   * @param config what states are made with, for as long as the process runs; classes follow the
   *     policy in force
   * @param keeping how many states stay decoded, and how long idle ones stay at all
   */
  public record Supplier(Stage stage, NoveltyConfig config, Journal.Keeping keeping)
      implements FixedKeyProcessorSupplier<Bytes, Arrival<ScoredExample>, StageResult<Candidate>> {
    /** Announces the stage, which refuses nothing. */
    public Supplier {
      stage.announce();
    }

    /** With the usual number of decoded states. */
    public static Supplier of(Stage stage, NoveltyConfig config, Duration idle) {
      return new Supplier(stage, config, new Journal.Keeping(new SharedLimit(DECODED), idle));
    }

    @Override
    public FixedKeyProcessor<Bytes, Arrival<ScoredExample>, StageResult<Candidate>> get() {
      return new NoveltyProcessor(stage, config, keeping);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Journal.store(STORE));
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<Bytes, StageResult<Candidate>> context) {
    super.init(context);
    Journal<NoveltyState> states =
        new Journal<>(context, STORE, new Journal.Kind<>(format(), STEPS_PER_SNAPSHOT, keeping));
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

  private Journal.Format<NoveltyState> format() {
    return new Journal.Format<>() {
      @Override
      public NoveltyState fresh() {
        return new NoveltyState(config);
      }

      @Override
      public NoveltyState read(ByteBuffer snapshot) {
        return NoveltyState.read(config, snapshot);
      }
    };
  }

  /** What has no usable loss, and what is general by intent, teaches nothing here. */
  @Override
  protected Verdict<Candidate> judge(ScoredExample scored, RuleContext context) {
    Candidate unmeasured = Candidate.fresh(scored, null);
    return new Verdict.Pass<>(
        unmeasured.hasUsableLoss() && !unmeasured.isAnchor()
            ? measured(unmeasured, context)
            : unmeasured);
  }

  @Override
  protected TrainingExample example(ScoredExample value) {
    return value.getExample();
  }

  private Candidate measured(Candidate candidate, RuleContext context) {
    NoveltyConfig rule = context.policy().section(NoveltyConfig.class);
    Journal<NoveltyState> states = Objects.requireNonNull(journal);
    states.seen(candidate.track(), context.logTimeMs());
    ScoredExample scored = candidate.scored();
    Observation observation = observation(scored);
    NoveltyState.Found found = states.state(candidate.track()).take(observation);
    states.took(candidate.track(), observation.toBytes());
    NoveltySignals signals = found.signals();
    if (signals.getDrift() != null) {
      stage.watch().drift(candidate.adapter());
    }
    return Candidate.fresh(
        scored, new Novelty(signals, ClassRule.score(signals), ClassRule.of(scored, found, rule)));
  }

  private Observation observation(ScoredExample scored) {
    ByteBuffer embedding = scored.getEmbedding();
    return new Observation(
        words.of(scored.getExample()),
        embedding == null ? NOWHERE : directions.of(embedding),
        scored.getBaseLoss(),
        Objects.requireNonNullElse(scored.getAdapterLoss(), Double.NaN));
  }
}
