package io.alluvium.streams.route;

import io.alluvium.schemas.NoveltyClass;
import io.alluvium.streams.command.CommandBook;
import io.alluvium.streams.command.Obedience;
import io.alluvium.streams.hold.ErasureBook;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.policy.Prepared;
import io.alluvium.streams.policy.document.EffectivePolicy;
import io.alluvium.streams.route.rule.Budget;
import io.alluvium.streams.route.rule.BudgetStore;
import io.alluvium.streams.route.rule.LaneRule;
import io.alluvium.streams.route.rule.RouteReason;
import io.alluvium.streams.route.select.TargetText;
import io.alluvium.streams.route.wait.RouteOutput;
import io.alluvium.streams.route.wait.WaitingCandidates;
import io.alluvium.streams.route.wait.WaitingCodec;
import io.alluvium.streams.route.wait.WaitingStore;
import io.alluvium.streams.route.wait.WaitingStore.Place;
import io.alluvium.streams.route.wait.WaitingStore.Queue;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.store.layout.Layout;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Sends each candidate on, away, or to wait. Replays are past all this: they have been chosen once.
 */
public final class RouteProcessor
    extends ContextualProcessor<Bytes, Arrival<Candidate>, Bytes, StageResult<Candidate>> {
  static final String ORDERS_STORE = "route-orders";

  /** Of its stores. */
  public static final List<Layout> LAYOUTS =
      List.of(
          Layout.second(WaitingStore.STORE),
          Layout.first(BudgetStore.STORE, Map.of()),
          Layout.first(ORDERS_STORE, Map.of()));

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

  /** Candidates that one tick may send on or let go of, beside the last adapter's. */
  private static final int MOST_A_TICK = 2_000;

  private final Stage stage;
  private final CommandBook orders;
  private final WaitingCodec codec;
  private final Prepared<RouteConfig, TargetText> targets =
      new Prepared<>(RouteConfig.class, config -> new TargetText(config.target()));
  private @Nullable WaitingCandidates waiting;
  private @Nullable BudgetStore budgets;
  private @Nullable RouteOutput output;
  private @Nullable Cancellable ticks;
  private @Nullable Cancellable sweeps;

  private RouteProcessor(Stage stage, CommandBook orders, WaitingCodec codec) {
    this.stage = stage;
    this.orders = orders;
    this.codec = codec;
  }

  /** Whether a candidate waits for an operator, and is not to be weighed. */
  public static boolean isWaiting(Candidate candidate) {
    return LaneRule.REVIEW.equals(candidate.lane());
  }

  /**
   * Makes processors and their stores.
   *
   * @param orders where operators' answers stand
   * @param codec how candidates are written while they wait
   */
  public record Supplier(
      Stage stage, CommandBook orders, java.util.function.Supplier<WaitingCodec> codec)
      implements ProcessorSupplier<Bytes, Arrival<Candidate>, Bytes, StageResult<Candidate>> {
    /** Announces what the stage may refuse for. */
    public Supplier {
      stage.announce(RouteReason.values());
    }

    @Override
    public Processor<Bytes, Arrival<Candidate>, Bytes, StageResult<Candidate>> get() {
      return new RouteProcessor(stage, orders, codec.get());
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(WaitingStore.store(), BudgetStore.store(), Obedience.store(ORDERS_STORE));
    }
  }

  /** After an aborted transaction the same processor begins again, over older stores. */
  @Override
  public void init(ProcessorContext<Bytes, StageResult<Candidate>> context) {
    super.init(context);
    waiting = null;
    BudgetStore spent = new BudgetStore(context);
    budgets = spent;
    output = new RouteOutput(stage, context);
    ticks = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    sweeps = context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> spent.sweep());
  }

  @Override
  public void close() {
    if (ticks != null && sweeps != null) {
      ticks.cancel();
      sweeps.cancel();
    }
  }

  @Override
  public void process(Record<Bytes, Arrival<Candidate>> record) {
    Arrival<Candidate> arrival = record.value();
    Candidate candidate = arrival.value();
    if (candidate.replayOf() != null || !candidate.hasUsableLoss()) {
      output().pass(arrival, record.timestamp());
      return;
    }
    EffectivePolicy policy = stage.policies().of(candidate.adapter(), arrival.raw().logTimeMs());
    RouteConfig config = policy.section(RouteConfig.class);
    if (config.review() && LaneRule.kind(candidate) == NoveltyClass.OUTLIER) {
      review(arrival, record.timestamp(), config);
    } else {
      route(arrival, record.timestamp(), config);
    }
  }

  private void review(Arrival<Candidate> arrival, long timeMs, RouteConfig config) {
    Candidate waits = arrival.value().on(LaneRule.REVIEW);
    int before = waiting().store().of(waits.adapter(), Queue.REVIEW).size();
    if (before >= config.reviewExamples()) {
      output().refuse(arrival, timeMs, RouteReason.REVIEW_FULL, before + " wait");
    } else {
      hold(new Arrival<>(waits, arrival.raw()), timeMs, Queue.REVIEW, 0);
      stage.watch().outcome(stage.name(), "kept").increment();
      output().show(new Arrival<>(waits, arrival.raw()), timeMs);
    }
  }

  private void route(Arrival<Candidate> arrival, long timeMs, RouteConfig config) {
    Candidate candidate = arrival.value();
    Optional<Budget> spent =
        Objects.requireNonNull(budgets)
            .spend(candidate, config.budgets(), arrival.raw().logTimeMs());
    if (spent.isPresent()) {
      Budget budget = spent.get();
      output().refuse(arrival, timeMs, budget.by().reason(), budget.toString());
      return;
    }
    Arrival<Candidate> laned = new Arrival<>(laned(candidate, config), arrival.raw());
    if (isBehind(config)) {
      choose(laned, timeMs, config);
    } else {
      waiting().release(candidate.adapter());
      output().pass(laned, timeMs);
    }
  }

  private static Candidate laned(Candidate candidate, RouteConfig config) {
    for (LaneRule rule : config.lanes()) {
      if (rule.matches(candidate)) {
        return candidate.on(rule.lane());
      }
    }
    return candidate;
  }

  private boolean isBehind(RouteConfig config) {
    return config.lagAbove() > 0 && stage.watch().backlog() > config.lagAbove();
  }

  /** Keeps the largest keys of a window; they go on when it ends. */
  private void choose(Arrival<Candidate> arrival, long timeMs, RouteConfig config) {
    Candidate candidate = arrival.value();
    String adapter = candidate.adapter();
    TargetText target = targets.of(stage.policies().of(adapter, arrival.raw().logTimeMs()));
    double key = config.selection().key(candidate, target, config.seed());
    int arrived = waiting().store().arrived(adapter);
    hold(arrival, timeMs, Queue.POOL, key);
    NavigableMap<Long, KeptExample> pool = waiting().store().of(adapter, Queue.POOL);
    while (pool.size() > config.kept()) {
      long least =
          pool.entrySet().stream()
              .min(Comparator.comparingDouble(each -> each.getValue().key()))
              .map(Map.Entry::getKey)
              .orElseThrow();
      waiting()
          .take(
              new Place(adapter, Queue.POOL, least),
              waiting ->
                  output().refuse(waiting, RouteReason.NOT_SELECTED, "kept were " + config.kept()));
    }
    if (arrived >= config.window()) {
      waiting().release(adapter);
    }
  }

  private void tick(long nowMs) {
    WaitingCandidates at = waiting();
    at.look();
    int done = 0;
    for (String adapter : at.store().adapters(Queue.REVIEW)) {
      if (done >= MOST_A_TICK) {
        return;
      }
      done += at.expire(adapter, nowMs - configured(adapter, nowMs).reviewAge().toMillis());
    }
    for (String adapter : at.store().adapters(Queue.POOL)) {
      if (done < MOST_A_TICK && !isBehind(configured(adapter, nowMs))) {
        done += at.release(adapter);
      }
    }
  }

  private RouteConfig configured(String adapter, long nowMs) {
    return stage.policies().of(adapter, nowMs).section(RouteConfig.class);
  }

  private void hold(Arrival<Candidate> arrival, long timeMs, Queue queue, double key) {
    Candidate candidate = arrival.value();
    KeptExample known = KeptExample.of(candidate.scored().getExample(), arrival.raw(), key);
    waiting()
        .store()
        .add(
            candidate.adapter(),
            queue,
            known,
            codec.written(new WaitingCodec.Waiting(arrival, timeMs)));
  }

  /** Reads what waits when it is first asked for. */
  private WaitingCandidates waiting() {
    WaitingCandidates known = waiting;
    if (known == null) {
      known =
          new WaitingCandidates(
              new WaitingStore(context()),
              codec,
              output(),
              new Obedience(context(), ORDERS_STORE, orders),
              new ErasureBook(context(), ORDERS_STORE));
      waiting = known;
    }
    return known;
  }

  private RouteOutput output() {
    return Objects.requireNonNull(output);
  }
}
