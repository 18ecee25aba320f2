package io.alluvium.streams.replay;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.streams.command.CommandBook;
import io.alluvium.streams.command.Obedience;
import io.alluvium.streams.hold.Erasure;
import io.alluvium.streams.hold.ErasureBook;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.candidate.Novelty;
import io.alluvium.streams.replay.sample.Interleaving;
import io.alluvium.streams.replay.sample.Pool;
import io.alluvium.streams.replay.sample.ReplayConfig;
import io.alluvium.streams.replay.track.ContentStore;
import io.alluvium.streams.replay.track.KeptTrack;
import io.alluvium.streams.replay.track.KeptTracks;
import io.alluvium.streams.replay.track.ReplayState;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.store.SharedLimit;
import io.alluvium.streams.store.journal.Journal;
import io.alluvium.streams.store.layout.Layout;
import io.alluvium.streams.wire.decode.Decoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lets candidates pass, puts old ones between them where {@link Interleaving} says so, keeps some
 * of what passes, and forgets what it is told to forget and what is answered otherwise by now.
 */
public final class ReplayProcessor
    extends ContextualFixedKeyProcessor<Bytes, Arrival<Candidate>, StageResult<Candidate>> {
  static final String STATE_STORE = "replay-state";
  static final String ORDERS_STORE = "replay-orders";

  private static final int STEPS_PER_SNAPSHOT = 128;

  /** Of its stores. */
  public static final List<Layout> LAYOUTS =
      List.of(
          Journal.layout(STATE_STORE, STEPS_PER_SNAPSHOT),
          Layout.second(ContentStore.STORE),
          Layout.first(ORDERS_STORE, Map.of()));

  /** In all tasks of the process. */
  private static final int DECODED = 4_096;

  private static final Duration LOOK_AT_ORDERS = Duration.ofSeconds(1);

  private final Stage stage;
  private final Decoder<ScoredExample> decoder;
  private final CommandBook orders;
  private final Journal.Keeping keeping;
  private @Nullable KeptTracks tracks;
  private @Nullable ErasureWork forgetting;
  private @Nullable Cancellable looks;
  private @Nullable Cancellable sweeps;

  private ReplayProcessor(Supplier made) {
    this.stage = made.stage;
    this.decoder = made.decoder.get();
    this.orders = made.orders;
    this.keeping = made.keeping;
  }

  /**
   * Makes processors and their stores.
   *
   * @param decoder reads kept examples
   * @param orders where orders to erase stand
   * @param keeping how many states stay decoded, and how long idle ones stay at all
   */
  public record Supplier(
      Stage stage,
      java.util.function.Supplier<Decoder<ScoredExample>> decoder,
      CommandBook orders,
      Journal.Keeping keeping)
      implements FixedKeyProcessorSupplier<Bytes, Arrival<Candidate>, StageResult<Candidate>> {
    /** Announces what the stage may refuse for. */
    public Supplier {
      stage.announce(ReplayReason.values());
    }

    /** With the usual number of decoded states. */
    public static Supplier of(
        Stage stage,
        java.util.function.Supplier<Decoder<ScoredExample>> decoder,
        CommandBook orders,
        Duration idle) {
      return new Supplier(
          stage, decoder, orders, new Journal.Keeping(new SharedLimit(DECODED), idle));
    }

    @Override
    public FixedKeyProcessor<Bytes, Arrival<Candidate>, StageResult<Candidate>> get() {
      return new ReplayProcessor(this);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Journal.store(STATE_STORE), ContentStore.store(), Obedience.store(ORDERS_STORE));
    }
  }

  /** After an aborted transaction the same processor begins again, over older stores. */
  @Override
  public void init(FixedKeyProcessorContext<Bytes, StageResult<Candidate>> context) {
    super.init(context);
    ContentStore contents = new ContentStore(context, decoder);
    Journal<ReplayState> states =
        new Journal<>(
            context,
            STATE_STORE,
            new Journal.Kind<>(new States(contents), STEPS_PER_SNAPSHOT, keeping));
    tracks = new KeptTracks(states, contents);
    forgetting = null;
    looks =
        context.schedule(
            LOOK_AT_ORDERS, PunctuationType.WALL_CLOCK_TIME, now -> forgetting().look());
    sweeps =
        context.schedule(
            Journal.SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> states.sweep());
  }

  @Override
  public void close() {
    if (looks != null && sweeps != null) {
      looks.cancel();
      sweeps.cancel();
    }
    if (tracks != null) {
      tracks.states().close();
    }
  }

  private record States(ContentStore contents) implements Journal.Format<ReplayState> {
    @Override
    public ReplayState fresh() {
      return new ReplayState();
    }

    @Override
    public ReplayState read(ByteBuffer snapshot) {
      return ReplayState.read(snapshot);
    }

    @Override
    public void ended(String name, ReplayState state) {
      new KeptTrack(name, state, contents).end();
    }
  }

  @Override
  public void process(FixedKeyRecord<Bytes, Arrival<Candidate>> record) {
    Optional<Erasure> erasure = forgetting().meaning(record.value());
    if (erasure.isPresent()) {
      refuse(record, erasure.get());
    } else {
      take(record);
    }
  }

  private void refuse(FixedKeyRecord<Bytes, Arrival<Candidate>> record, Erasure erasure) {
    Arrival<Candidate> arrival = record.value();
    Candidate candidate = arrival.value();
    Stage.Known known =
        new Stage.Known(
            candidate.scored().getExample(),
            stage.policies().of(candidate.adapter(), arrival.raw().logTimeMs()));
    Refusal refusal = new Refusal(ReplayReason.ERASED, "by order " + erasure.order());
    context()
        .forward(
            record.withValue(
                stage.refuse(arrival.raw(), known, refusal, context().currentSystemTimeMs())));
  }

  private void take(FixedKeyRecord<Bytes, Arrival<Candidate>> record) {
    Arrival<Candidate> arrival = record.value();
    Candidate candidate = arrival.value();
    ReplayConfig config =
        stage
            .policies()
            .of(candidate.adapter(), arrival.raw().logTimeMs())
            .section(ReplayConfig.class);
    if (!candidate.hasUsableLoss()) {
      context().forward(record.withValue(stage.pass(candidate, arrival.raw())));
      return;
    }
    KeptTracks all = Objects.requireNonNull(tracks);
    all.states().seen(candidate.track(), arrival.raw().logTimeMs());
    KeptTrack kept = all.of(candidate.track());
    KeptTrack.Newcomer newcomer = KeptTrack.Newcomer.of(arrival);
    kept.forget(newcomer.question());
    if (candidate.isAnchor()) {
      kept.take(newcomer, Pool.ANCHORS, config);
      stage.watch().outcome(stage.name(), "kept").increment();
    } else {
      pass(record, kept, config);
      if (config.replaysPerMille() > 0 && !isNoise(candidate.novelty())) {
        kept.take(newcomer, Pool.REPLAYS, config);
      }
    }
    all.note(kept);
  }

  private void pass(
      FixedKeyRecord<Bytes, Arrival<Candidate>> record, KeptTrack kept, ReplayConfig config) {
    Arrival<Candidate> arrival = record.value();
    boolean isMixed = config.replaysPerMille() + config.anchorsPerMille() > 0;
    while (isMixed && isOldDue(kept.state(), config) && forwardOld(record, kept, config)) {
      kept.state().emit();
    }
    context().forward(record.withValue(stage.pass(arrival.value(), arrival.raw())));
    if (isMixed) {
      kept.state().emit();
    }
  }

  private static boolean isNoise(@Nullable Novelty novelty) {
    return novelty != null && novelty.kind() == NoveltyClass.OUTLIER;
  }

  private static boolean isOldDue(ReplayState state, ReplayConfig config) {
    return kind(state, config) != Interleaving.Kind.FRESH;
  }

  private static Interleaving.Kind kind(ReplayState state, ReplayConfig config) {
    return Interleaving.of(state.emitted(), config.replaysPerMille(), config.anchorsPerMille());
  }

  /** False while nothing is kept to be replayed: the place goes to a fresh one. */
  private boolean forwardOld(
      FixedKeyRecord<Bytes, Arrival<Candidate>> record, KeptTrack kept, ReplayConfig config) {
    boolean isAnchor = kind(kept.state(), config) == Interleaving.Kind.ANCHOR;
    Pool pool = isAnchor ? Pool.ANCHORS : Pool.REPLAYS;
    if (kept.state().of(pool).count() == 0) {
      return false;
    }
    Arrival<Candidate> old = kept.draw(pool, config, record.value().raw());
    context()
        .forward(
            record.withValue(stage.pass(old.value(), old.raw())).withHeaders(old.raw().headers()));
    stage.watch().outcome(stage.name(), "replayed").increment();
    return true;
  }

  /** Looks at orders once before the first record; what is to be done is read then. */
  private ErasureWork forgetting() {
    ErasureWork known = forgetting;
    if (known == null) {
      known =
          new ErasureWork(
              Objects.requireNonNull(tracks),
              new Obedience(context(), ORDERS_STORE, orders),
              new ErasureBook(context(), ORDERS_STORE));
      forgetting = known;
      known.look();
    }
    return known;
  }
}
