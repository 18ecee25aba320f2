package io.alluvium.trainer.watch;

import io.alluvium.trainer.claim.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The worker's numbers. Safe for any thread. */
public final class TrainerMetrics implements AutoCloseable {
  /** Adapters beyond this many share one label, so that series stay bounded. */
  private static final int MAX_ADAPTER_LABELS = 100;

  private static final List<String> COMMITS =
      List.of("published", "superseded", "fenced", "unknown");
  private static final String OTHER = "(other)";
  private static final long NOTHING_WAITS = Long.MAX_VALUE;

  private static final Duration[] FRESHNESS_BUCKETS =
      millis(
          1000, 2500, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000,
          21600000, 86400000);
  private static final Duration[] STAGE_BUCKETS =
      millis(50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 120000, 300000, 600000);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();
  private final Map<String, String> adapterLabels = new ConcurrentHashMap<>();
  private final Map<String, Supplier<Optional<Instant>>> waits = new ConcurrentHashMap<>();
  private final Set<List<String>> waitingSeries = ConcurrentHashMap.newKeySet();
  private final AtomicLong oldestWaitingMs = new AtomicLong(NOTHING_WAITS);
  private final String stage;
  private final Clock clock;

  /**
   * Numbers of one role. What counts from zero is there from the start, so that the first event is
   * seen as a rise.
   *
   * @param stage score or train
   */
  public TrainerMetrics(String stage, Clock clock) {
    this.stage = stage;
    this.clock = clock;
    lagAge();
    waiting(0);
    ready(0);
    passed(0);
    tokens(0, Duration.ZERO);
    bindMachine();
  }

  /**
   * Numbers of one role, with every reason, outcome of a commit and verdict that it may count.
   *
   * @param role score or train
   */
  public static TrainerMetrics ofRole(String role) {
    TrainerMetrics metrics = new TrainerMetrics(role, Clock.systemUTC());
    metrics.foresee(
        Arrays.stream(Refusal.Reason.values()).map(Enum::name).toList(),
        COMMITS,
        role.equals("train") ? List.of("released", "continued", "rejected") : List.of());
    return metrics;
  }

  /**
   * Registers reasons and fates at zero; where rounds have outcomes, publication too: at the epoch
   * until there is one.
   */
  public void foresee(Iterable<String> reasons, Iterable<String> fates, Iterable<String> outcomes) {
    if (outcomes.iterator().hasNext()) {
      freshness();
      publishedAt(Instant.EPOCH);
    }
    reasons.forEach(reason -> refused(reason, 0));
    fates.forEach(fate -> transactions(fate).increment(0));
    outcomes.forEach(outcome -> verdicts(outcome).increment(0));
  }

  /** Records that went through. */
  public void passed(long records) {
    records("passed", "", records);
  }

  /** Records refused for a reason. */
  public void refused(String reason, long records) {
    records("refused", reason, records);
  }

  /** The oldest record that is not committed stands since then. */
  public void oldestWaiting(Instant since) {
    oldestWaitingMs.set(since.toEpochMilli());
  }

  /** Everything is committed. */
  public void drained() {
    oldestWaitingMs.set(NOTHING_WAITS);
    waiting(0);
  }

  /** Records that are not committed. */
  public void waiting(long records) {
    gauge(Meters.LAG_RECORDS, null, "stage", stage).set((double) records);
  }

  /** Records that wait for a window for one reason, and the age of the oldest. */
  public void waitingFor(String reason, long records, Duration oldest) {
    gauge(Meters.WINDOW_WAITING, null, "reason", reason).set((double) records);
    gauge(Meters.WINDOW_WAITING_AGE, "seconds", "reason", reason).set(oldest.toMillis() / 1000.0);
  }

  /**
   * What waits of one adapter in one partition.
   *
   * @param oldest age of its oldest record
   */
  public record AdapterWaits(String adapter, String partition, long records, Duration oldest) {}

  /** What waits, adapter by adapter; all others are at zero. Those that share a label add up. */
  public void adaptersWaiting(List<AdapterWaits> all) {
    Map<List<String>, Double> records = new HashMap<>();
    Map<List<String>, Double> ages = new HashMap<>();
    waitingSeries.forEach(series -> records.put(series, 0.0));
    waitingSeries.forEach(series -> ages.put(series, 0.0));
    for (AdapterWaits one : all) {
      List<String> series = List.of(label(one.adapter()), one.partition());
      waitingSeries.add(series);
      records.merge(series, (double) one.records(), Double::sum);
      ages.merge(series, one.oldest().toMillis() / 1000.0, Math::max);
    }
    records.forEach((series, value) -> perAdapter(Meters.ADAPTER_WAITING, null, series).set(value));
    ages.forEach(
        (series, value) -> perAdapter(Meters.ADAPTER_WAITING_AGE, "seconds", series).set(value));
  }

  private AtomicReference<Double> perAdapter(
      Meters meter, @Nullable String unit, List<String> series) {
    return gauge(meter, unit, "adapter", series.get(0), "partition", series.get(1));
  }

  /** When an adapter's newest version was released. */
  public void releasedAt(String adapter, Instant time) {
    gauge(Meters.ADAPTER_RELEASED, "seconds", "adapter", label(adapter))
        .set(time.toEpochMilli() / 1000.0);
  }

  /** How many of an adapter's candidates were refused since its last release. */
  public void refusedInARow(String adapter, int candidates) {
    gauge(Meters.ADAPTER_REFUSED, null, "adapter", label(adapter)).set((double) candidates);
  }

  /** Anchors that the base has generated of those that it is to. */
  public void anchors(int made) {
    gauge(Meters.ANCHORS, null).set((double) made);
  }

  /** The role. */
  String stage() {
    return stage;
  }

  /** Whether the role is at work. */
  void ready(int ready) {
    gauge(Meters.READY, null).set((double) ready);
  }

  /** Age of one example when a version made from its window was released. */
  public void freshness(Duration age) {
    freshness().record(age);
  }

  private Timer freshness() {
    return Timer.builder(Meters.FRESHNESS.id())
        .description(Meters.FRESHNESS.help())
        .serviceLevelObjectives(FRESHNESS_BUCKETS)
        .register(registry);
  }

  /** Time spent in a stage. */
  public void stageTime(String part, Duration time) {
    Timer.builder(Meters.STAGE.id())
        .description(Meters.STAGE.help())
        .tags("stage", part)
        .serviceLevelObjectives(STAGE_BUCKETS)
        .register(registry)
        .record(time);
  }

  /** Tokens that went through the model in that time. */
  public void tokens(long tokens, Duration time) {
    counter(Meters.TOKENS, "stage", stage).increment((double) tokens);
    gauge(Meters.TOKENS_PER_SECOND, null, "stage", stage)
        .set((double) tokens / Math.max(1e-3, time.toMillis() / 1000.0));
  }

  /** Mean training loss of an adapter's window. */
  public void windowLoss(String adapter, double nats) {
    gauge(Meters.WINDOW_LOSS, "nats", "adapter", label(adapter)).set(nats);
  }

  /** Mean loss of a window's fresh records, each before it was learned from. */
  public void prequentialLoss(String adapter, double nats) {
    gauge(Meters.PREQUENTIAL_LOSS, "nats", "adapter", label(adapter)).set(nats);
  }

  /** Held-out gain of an adapter's candidate. */
  public void heldOutGain(String adapter, double nats) {
    gauge(Meters.HELD_OUT_GAIN, "nats", "adapter", label(adapter)).set(nats);
  }

  /** A round's outcome, in lower case. */
  public void verdict(String outcome) {
    verdicts(outcome).increment();
  }

  /** The version that is served. */
  public void currentVersion(String adapter, long version) {
    gauge(Meters.ADAPTER_VERSION, null, "adapter", label(adapter)).set((double) version);
  }

  /** Adapters whose current artifact cannot be read. */
  public void unreadableAdapters(long adapters) {
    gauge(Meters.UNREADABLE_ADAPTERS, null).set((double) adapters);
  }

  /** When the newest version was released. */
  public void publishedAt(Instant time) {
    gauge(Meters.LAST_PUBLICATION, "seconds").set(time.toEpochMilli() / 1000.0);
  }

  /** How a transaction ended, in lower case. */
  public void transaction(String fate) {
    transactions(fate).increment();
  }

  /**
   * Who says how long others' transactions are waited for; a later one takes an earlier one's
   * place.
   *
   * @param awaited offsets or events
   * @param since when the present wait began; empty when nothing is waited for
   */
  public void transactionWait(String awaited, Supplier<Optional<Instant>> since) {
    waits.put(awaited, since);
    Gauge.builder(Meters.TRANSACTION_WAIT.id(), this, metrics -> metrics.waitSeconds(awaited))
        .description(Meters.TRANSACTION_WAIT.help())
        .tags("stage", stage, "awaited", awaited)
        .baseUnit("seconds")
        .register(registry);
  }

  private double waitSeconds(String awaited) {
    return waits
        .getOrDefault(awaited, Optional::empty)
        .get()
        .map(since -> Math.max(0, clock.millis() - since.toEpochMilli()) / 1000.0)
        .orElse(0.0);
  }

  /** Prometheus' text form. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  private void bindMachine() {
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void lagAge() {
    Gauge.builder(Meters.LAG_AGE.id(), this, TrainerMetrics::lagSeconds)
        .description(Meters.LAG_AGE.help())
        .tags("stage", stage)
        .baseUnit("seconds")
        .register(registry);
  }

  private double lagSeconds() {
    long oldest = oldestWaitingMs.get();
    return oldest == NOTHING_WAITS ? 0 : Math.max(0, clock.millis() - oldest) / 1000.0;
  }

  private void records(String outcome, String reason, long records) {
    counter(Meters.RECORDS, "stage", stage, "outcome", outcome, "reason", reason)
        .increment((double) records);
  }

  private Counter transactions(String fate) {
    return counter(Meters.TRANSACTIONS, "stage", stage, "fate", fate);
  }

  private Counter verdicts(String outcome) {
    return counter(Meters.VERDICTS, "outcome", outcome);
  }

  private Counter counter(Meters meter, String... tags) {
    return Counter.builder(meter.id()).description(meter.help()).tags(tags).register(registry);
  }

  private AtomicReference<Double> gauge(Meters meter, @Nullable String unit, String... tags) {
    return gauges.computeIfAbsent(
        meter + String.join("/", tags), key -> registered(meter, unit, tags));
  }

  private AtomicReference<Double> registered(Meters meter, @Nullable String unit, String... tags) {
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    Gauge.builder(meter.id(), value, AtomicReference::get)
        .description(meter.help())
        .tags(tags)
        .baseUnit(unit)
        .register(registry);
    return value;
  }

  private String label(String adapter) {
    return adapterLabels.computeIfAbsent(
        adapter, name -> adapterLabels.size() < MAX_ADAPTER_LABELS ? name : OTHER);
  }

  private static Duration[] millis(long... values) {
    return LongStream.of(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
