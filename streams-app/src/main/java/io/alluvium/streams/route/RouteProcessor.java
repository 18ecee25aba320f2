package io.alluvium.streams.route;

import io.alluvium.streams.route.rule.Budget;
import io.alluvium.streams.route.rule.BudgetStore;
import io.alluvium.streams.route.rule.LaneRule;
import io.alluvium.streams.route.rule.RouteReason;
import io.alluvium.streams.route.select.TargetText;
import io.alluvium.streams.route.wait.RouteOutput;
import io.alluvium.streams.route.wait.WaitingCodec;
import io.alluvium.streams.route.wait.WaitingOrders;
import io.alluvium.streams.route.wait.WaitingStore;
import io.alluvium.schemas.NoveltyClass;
import io.alluvium.streams.command.CommandBook;
import io.alluvium.streams.command.Obedience;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.store.layout.Layout;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.policy.document.EffectivePolicy;
import io.alluvium.streams.policy.Prepared;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.hold.ErasureBook;
import io.alluvium.streams.route.wait.WaitingStore.Place;
import io.alluvium.streams.route.wait.WaitingStore.Queue;
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
  private final WaitingCodec parcels;
  private final Prepared<RouteConfig, TargetText> targets =
      new Prepared<>(RouteConfig.class, config -> new TargetText(config.target()));
  private @Nullable WaitingOrders desk;
  private @Nullable BudgetStore spending;
  private @Nullable RouteOutput departures;
  private @Nullable Cancellable ticks;
  private @Nullable Cancellable sweeps;

  private RouteProcessor(Stage stage, CommandBook orders, WaitingCodec parcels) {
    this.stage = stage;
    this.orders = orders;
    this.parcels = parcels;
  }

  /** Whether a candidate waits for an operator, and is not to be weighed. */
  public static boolean isWaiting(Candidate candidate) {
    return LaneRule.REVIEW.equals(candidate.lane());
  }

  /**
   * Makes processors and their stores.
   *
   * @param orders where operators' answers stand
   * @param parcels how candidates are written while they wait
   */
  public record Supplier(
      Stage stage, CommandBook orders, java.util.function.Supplier<WaitingCodec> parcels)
      implements ProcessorSupplier<Bytes, Arrival<Candidate>, Bytes, StageResult<Candidate>> {
    @Override
    public Processor<Bytes, Arrival<Candidate>, Bytes, StageResult<Candidate>> get() {
      return new RouteProcessor(stage, orders, parcels.get());
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
    desk = null;
    BudgetStore spent = new BudgetStore(context);
    spending = spent;
    departures = new RouteOutput(stage, context);
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
      departures().pass(arrival, record.timestamp());
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
    int before = desk().waiting().of(waits.adapter(), Queue.REVIEW).size();
    if (before >= config.reviewExamples()) {
      departures().refuse(arrival, timeMs, RouteReason.REVIEW_FULL, before + " wait");
    } else {
      hold(new Arrival<>(waits, arrival.raw()), timeMs, Queue.REVIEW, 0);
      stage.watch().outcome(stage.name(), "kept").increment();
      departures().show(new Arrival<>(waits, arrival.raw()), timeMs);
    }
  }

  private void route(Arrival<Candidate> arrival, long timeMs, RouteConfig config) {
    Candidate candidate = arrival.value();
    Optional<Budget> spent =
        Objects.requireNonNull(spending)
            .spend(candidate, config.budgets(), arrival.raw().logTimeMs());
    if (spent.isPresent()) {
      Budget budget = spent.get();
      departures().refuse(arrival, timeMs, budget.by().reason(), budget.toString());
      return;
    }
    Arrival<Candidate> laned = new Arrival<>(laned(candidate, config), arrival.raw());
    if (isBehind(config)) {
      choose(laned, timeMs, config);
    } else {
      desk().release(candidate.adapter());
      departures().pass(laned, timeMs);
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
    int arrived = desk().waiting().arrived(adapter);
    hold(arrival, timeMs, Queue.POOL, key);
    NavigableMap<Long, KeptExample> pool = desk().waiting().of(adapter, Queue.POOL);
    while (pool.size() > config.kept()) {
      long least =
          pool.entrySet().stream()
              .min(Comparator.comparingDouble(each -> each.getValue().key()))
              .map(Map.Entry::getKey)
              .orElseThrow();
      desk()
          .take(
              new Place(adapter, Queue.POOL, least),
              parcel ->
                  departures()
                      .refuse(parcel, RouteReason.NOT_SELECTED, "kept were " + config.kept()));
    }
    if (arrived >= config.window()) {
      desk().release(adapter);
    }
  }

  private void tick(long nowMs) {
    WaitingOrders at = desk();
    at.look();
    int done = 0;
    for (String adapter : at.waiting().adapters(Queue.REVIEW)) {
      if (done >= MOST_A_TICK) {
        return;
      }
      done += at.expire(adapter, nowMs - configured(adapter, nowMs).reviewAge().toMillis());
    }
    for (String adapter : at.waiting().adapters(Queue.POOL)) {
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
    desk()
        .waiting()
        .add(
            candidate.adapter(),
            queue,
            known,
            parcels.written(new WaitingCodec.Parcel(arrival, timeMs)));
  }

  /** Reads what waits when it is first asked for. */
  private WaitingOrders desk() {
    WaitingOrders known = desk;
    if (known == null) {
      known =
          new WaitingOrders(
              new WaitingStore(context()),
              parcels,
              departures(),
              new Obedience(context(), ORDERS_STORE, orders),
              new ErasureBook(context(), ORDERS_STORE));
      desk = known;
    }
    return known;
  }

  private RouteOutput departures() {
    return Objects.requireNonNull(departures);
  }
}
