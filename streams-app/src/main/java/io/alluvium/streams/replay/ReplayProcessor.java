package io.alluvium.streams.replay;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.streams.command.CommandBook;
import io.alluvium.streams.fate.Arrival;
import io.alluvium.streams.fate.Fate;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.journal.Allowance;
import io.alluvium.streams.journal.Journal;
import io.alluvium.streams.novelty.Candidate;
import io.alluvium.streams.novelty.Novelty;
import io.alluvium.streams.wire.Decoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
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
    extends ContextualFixedKeyProcessor<Bytes, Arrival<Candidate>, Fate<Candidate>> {
  static final String STATE_STORE = "replay-state";

  private static final int STEPS_PER_SNAPSHOT = 128;

  /** In all tasks of the process. */
  private static final int DECODED = 4_096;

  private static final Duration LOOK_AT_ORDERS = Duration.ofSeconds(1);

  private final Stage stage;
  private final Decoder<ScoredExample> decoder;
  private final CommandBook orders;
  private final Allowance decoded;
  private @Nullable Journal<ReplayState> journal;
  private @Nullable Contents contents;
  private @Nullable Cancellable looks;
  private int ordersSeen;

  private ReplayProcessor(Supplier made) {
    this.stage = made.stage;
    this.decoder = made.decoder.get();
    this.orders = made.orders;
    this.decoded = made.decoded;
  }

  /**
   * Makes processors and their stores.
   *
   * @param decoder reads kept examples
   * @param orders where orders to erase stand
   * @param decoded how many states stay decoded in all tasks of the process
   */
  public record Supplier(
      Stage stage,
      java.util.function.Supplier<Decoder<ScoredExample>> decoder,
      CommandBook orders,
      Allowance decoded)
      implements FixedKeyProcessorSupplier<Bytes, Arrival<Candidate>, Fate<Candidate>> {
    /** With the usual number of decoded states. */
    public Supplier(
        Stage stage,
        java.util.function.Supplier<Decoder<ScoredExample>> decoder,
        CommandBook orders) {
      this(stage, decoder, orders, new Allowance(DECODED));
    }

    @Override
    public FixedKeyProcessor<Bytes, Arrival<Candidate>, Fate<Candidate>> get() {
      return new ReplayProcessor(this);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Journal.store(STATE_STORE), Contents.store());
    }
  }

  /** After an aborted transaction the same processor begins again, over older stores. */
  @Override
  public void init(FixedKeyProcessorContext<Bytes, Fate<Candidate>> context) {
    super.init(context);
    ordersSeen = 0;
    journal =
        new Journal<>(
            context, STATE_STORE, new Journal.Kind<>(new States(), STEPS_PER_SNAPSHOT, decoded));
    contents = new Contents(context, decoder);
    looks = context.schedule(LOOK_AT_ORDERS, PunctuationType.WALL_CLOCK_TIME, now -> obey());
  }

  @Override
  public void close() {
    if (looks != null) {
      looks.cancel();
    }
    if (journal != null) {
      journal.close();
    }
  }

  private record States() implements Journal.Format<ReplayState> {
    @Override
    public ReplayState fresh() {
      return new ReplayState();
    }

    @Override
    public ReplayState read(ByteBuffer snapshot) {
      return ReplayState.read(snapshot);
    }
  }

  @Override
  public void process(FixedKeyRecord<Bytes, Arrival<Candidate>> record) {
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
    Past past = past(candidate.track());
    Past.Comer comer = Past.Comer.of(arrival);
    past.forget(comer.question());
    if (candidate.isAnchor()) {
      past.take(comer, Pool.ANCHORS, config);
      stage.watch().outcome(stage.name(), "kept").increment();
    } else {
      pass(record, past, config);
      if (config.replaysPerMille() > 0 && !isNoise(candidate.novelty())) {
        past.take(comer, Pool.REPLAYS, config);
      }
    }
    note(past);
  }

  private void pass(
      FixedKeyRecord<Bytes, Arrival<Candidate>> record, Past past, ReplayConfig config) {
    Arrival<Candidate> arrival = record.value();
    boolean isMixed = config.replaysPerMille() + config.anchorsPerMille() > 0;
    while (isMixed && isOldDue(past.state(), config) && forwardOld(record, past, config)) {
      past.state().emit();
    }
    context().forward(record.withValue(stage.pass(arrival.value(), arrival.raw())));
    if (isMixed) {
      past.state().emit();
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
      FixedKeyRecord<Bytes, Arrival<Candidate>> record, Past past, ReplayConfig config) {
    boolean isAnchor = kind(past.state(), config) == Interleaving.Kind.ANCHOR;
    Pool pool = isAnchor ? Pool.ANCHORS : Pool.REPLAYS;
    if (past.state().of(pool).count() == 0) {
      return false;
    }
    Arrival<Candidate> old = past.draw(pool, config, record.value().raw());
    context()
        .forward(
            record.withValue(stage.pass(old.value(), old.raw())).withHeaders(old.raw().headers()));
    stage.watch().outcome(stage.name(), "replayed").increment();
    return true;
  }

  private Past past(String track) {
    Past past = new Past(track, states().state(track), Objects.requireNonNull(contents));
    if (past.state().hasUnknown()) {
      past.learnQuestions();
    }
    return past;
  }

  private void note(Past past) {
    byte[] changes = past.state().changes();
    if (changes.length > 0) {
      states().took(past.track(), changes);
    }
  }

  private void obey() {
    List<AdapterCommand> news = orders.after(ordersSeen);
    ordersSeen += news.size();
    news.forEach(order -> Erasure.of(order).ifPresent(going -> erase(order, going)));
  }

  private void erase(AdapterCommand order, Predicate<Kept> going) {
    for (String track : states().names()) {
      if (track.endsWith("/" + order.getAdapter())) {
        Past past = past(track);
        past.forget(going);
        note(past);
      }
    }
  }

  private Journal<ReplayState> states() {
    return Objects.requireNonNull(journal);
  }
}
