package io.alluvium.streams.replay;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.command.CommandBook;
import io.alluvium.streams.fate.Arrival;
import io.alluvium.streams.fate.Fate;
import io.alluvium.streams.fate.RawRecord;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.journal.Allowance;
import io.alluvium.streams.journal.Journal;
import io.alluvium.streams.novelty.Candidate;
import io.alluvium.streams.novelty.Novelty;
import io.alluvium.streams.wire.Decoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
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

  @Override
  public void init(FixedKeyProcessorContext<Bytes, Fate<Candidate>> context) {
    super.init(context);
    journal =
        new Journal<>(
            context, STATE_STORE, new Journal.Kind<>(new States(), STEPS_PER_SNAPSHOT, decoded));
    contents = new Contents(context, decoder);
    context.schedule(LOOK_AT_ORDERS, PunctuationType.WALL_CLOCK_TIME, now -> obey());
  }

  @Override
  public void close() {
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
    String track = candidate.track();
    ReplayState state = state(track);
    long question = Question.of(candidate.scored().getExample());
    dropAsking(question, track, state);
    if (candidate.isAnchor()) {
      take(new Comer(candidate, arrival.raw(), question), Pool.ANCHORS, config);
      stage.watch().outcome(stage.name(), "kept").increment();
    } else {
      pass(record, question, config);
    }
    byte[] changes = state.changes();
    if (changes.length > 0) {
      states().took(track, changes);
    }
  }

  private void pass(
      FixedKeyRecord<Bytes, Arrival<Candidate>> record, long question, ReplayConfig config) {
    Arrival<Candidate> arrival = record.value();
    boolean isMixed = config.replaysPerMille() + config.anchorsPerMille() > 0;
    if (isMixed) {
      interleave(record, config);
    }
    context().forward(record.withValue(stage.pass(arrival.value(), arrival.raw())));
    if (isMixed) {
      state(arrival.value().track()).emit();
    }
    if (config.replaysPerMille() > 0 && !isNoise(arrival.value().novelty())) {
      take(new Comer(arrival.value(), arrival.raw(), question), Pool.REPLAYS, config);
    }
  }

  private void interleave(FixedKeyRecord<Bytes, Arrival<Candidate>> record, ReplayConfig config) {
    ReplayState state = state(record.value().value().track());
    while (isOldDue(state, config) && forwardOld(record, state, config)) {
      state.emit();
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
      FixedKeyRecord<Bytes, Arrival<Candidate>> record, ReplayState state, ReplayConfig config) {
    Pool pool = kind(state, config) == Interleaving.Kind.ANCHOR ? Pool.ANCHORS : Pool.REPLAYS;
    Reservoir reservoir = state.of(pool);
    if (reservoir.count() == 0) {
      return false;
    }
    String track = record.value().value().track();
    int slot = reservoir.draw(Hash.of(config.seed(), state.emitted()));
    Arrival<Candidate> old =
        theContents()
            .arrival(
                new Contents.Place(track, pool, slot), reservoir.at(slot), record.value().raw());
    context().forward(record.withValue(stage.pass(old.value(), old.raw())));
    stage.watch().outcome(stage.name(), "replayed").increment();
    state.use(pool, slot);
    if (pool == Pool.REPLAYS && reservoir.at(slot).uses() >= config.repeats()) {
      drop(state, new Contents.Place(track, pool, slot));
    }
    return true;
  }

  /** One that could be kept, and what it asks. */
  private record Comer(Candidate candidate, RawRecord raw, long question) {
    /**
     * Depends on the question where there is one: however often it is asked it is one among all,
     * and its newest answer takes the place of the one before.
     */
    Kept kept(long seed) {
      TrainingExample example = candidate.scored().getExample();
      Double importance = example.getImportance();
      long who = question == Question.NONE ? Hash.of(example.getId()) : question;
      double luck = Math.log(Hash.uniform(Hash.of(seed, who)));
      return Kept.of(example, raw, luck / (importance == null ? 1 : importance));
    }
  }

  private void take(Comer comer, Pool pool, ReplayConfig config) {
    String track = comer.candidate().track();
    ReplayState state = state(track);
    Kept kept = comer.kept(config.seed());
    List<Integer> going = state.of(pool).making(kept, config.examples(), config.bytes());
    if (going != null) {
      going.forEach(slot -> drop(state, new Contents.Place(track, pool, slot)));
      int slot = state.of(pool).free();
      state.keep(pool, slot, kept, comer.question());
      theContents().put(new Contents.Place(track, pool, slot), comer.raw());
    }
  }

  /** Whatever answers this question is older than the answer that is now at hand. */
  private void dropAsking(long question, String track, ReplayState state) {
    for (Pool pool : Pool.values()) {
      state
          .of(pool)
          .asking(question)
          .forEach(slot -> drop(state, new Contents.Place(track, pool, slot)));
    }
  }

  private ReplayState state(String track) {
    ReplayState state = states().state(track);
    if (state.hasUnknown()) {
      learnQuestions(track, state);
    }
    return state;
  }

  /** Of what a build kept that knew no questions; of two answers to one the newer stays. */
  private void learnQuestions(String track, ReplayState state) {
    Stream.of(Pool.values())
        .flatMap(
            pool ->
                state.of(pool).asking(Question.UNKNOWN).stream()
                    .map(slot -> new Contents.Place(track, pool, slot)))
        .sorted(Comparator.comparing(state::at, Kept.OLDEST_FIRST))
        .forEach(place -> learnQuestion(place, state));
  }

  private void learnQuestion(Contents.Place place, ReplayState state) {
    long question = theContents().question(place);
    dropAsking(question, place.track(), state);
    state.ask(place.pool(), place.slot(), question);
  }

  private void drop(ReplayState state, Contents.Place place) {
    state.drop(place.pool(), place.slot());
    theContents().delete(place);
  }

  private void obey() {
    List<AdapterCommand> news = orders.after(ordersSeen);
    ordersSeen += news.size();
    news.forEach(order -> Erasure.of(order).ifPresent(going -> erase(order, going)));
  }

  private void erase(AdapterCommand order, Predicate<Kept> going) {
    for (String track : states().names()) {
      if (track.endsWith("/" + order.getAdapter())) {
        ReplayState state = state(track);
        for (Pool pool : Pool.values()) {
          state
              .of(pool)
              .matching(going)
              .forEach(slot -> drop(state, new Contents.Place(track, pool, slot)));
        }
        states().took(track, state.changes());
      }
    }
  }

  private Journal<ReplayState> states() {
    return Objects.requireNonNull(journal);
  }

  private Contents theContents() {
    return Objects.requireNonNull(contents);
  }
}
