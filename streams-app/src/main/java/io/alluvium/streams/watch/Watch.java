package io.alluvium.streams.watch;

import io.alluvium.streams.watch.lag.Lag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/** The meters, by what happens rather than by name. */
public final class Watch {
  private static final String STAGE = "stage";

  private final MeterRegistry meters;
  private final int maxAdapters;
  private final Map<String, AtomicReference<Double>> temperatures = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<Double>> shares = new ConcurrentHashMap<>();
  private volatile double backlog = Double.NaN;
  private final Map<Outcome, Counter> records = new ConcurrentHashMap<>();

  /** Asked for each record at each stage. */
  private final Map<String, Counter> passed = new ConcurrentHashMap<>();

  private final Map<String, Counter> drifts = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<Double>> lagAges = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<Double>> lagRecords = new ConcurrentHashMap<>();

  /**
   * Registers nothing yet.
   *
   * @param meters where meters go
   * @param maxAdapters how many adapters get a series of their own
   */
  public Watch(MeterRegistry meters, int maxAdapters) {
    this.meters = meters;
    this.maxAdapters = maxAdapters;
  }

  /** The counter of what passes a stage; there from now on, at zero. */
  public Counter passed(String stage) {
    Counter known = passed.get(stage);
    return known == null
        ? passed.computeIfAbsent(stage, name -> records(name, "passed", ""))
        : known;
  }

  /** The counter of what a stage refuses for one reason; there from now on, at zero. */
  public Counter refused(String stage, String reason) {
    return records(stage, "refused", reason);
  }

  /** The counter of another outcome than these two. */
  public Counter outcome(String stage, String outcome) {
    return records(stage, outcome, "");
  }

  /** The counter of records off their key's partition. */
  public Counter misplaced() {
    return Counter.builder(Meters.MISPLACED.id())
        .description(Meters.MISPLACED.meaning())
        .baseUnit(Meters.MISPLACED.unit())
        .register(meters);
  }

  /** The counter of policies taken in; there from now on, at zero. */
  public Counter policyTaken() {
    return policies("taken");
  }

  /** The counter of what cannot be a policy; there from now on, at zero. */
  public Counter policyRefused() {
    return policies("refused");
  }

  private Counter policies(String outcome) {
    return Counter.builder(Meters.POLICIES.id())
        .description(Meters.POLICIES.meaning())
        .tag("outcome", outcome)
        .register(meters);
  }

  /** Shows a temperature, for the first adapters seen. */
  public void temperature(String adapter, double nats) {
    if (temperatures.size() < maxAdapters || temperatures.containsKey(adapter)) {
      temperatures
          .computeIfAbsent(adapter, name -> gauge(Meters.TEMPERATURE, "adapter", name))
          .set(nats);
    }
  }

  /** Shows an effective share, for the first adapters seen. */
  public void effectiveShare(String adapter, double share) {
    if (shares.size() < maxAdapters || shares.containsKey(adapter)) {
      shares
          .computeIfAbsent(adapter, name -> gauge(Meters.EFFECTIVE_SHARE, "adapter", name))
          .set(share);
    }
  }

  /** The counter of epochs with too small an effective share. */
  public Counter fewEffective() {
    return Counter.builder(Meters.FEW_EFFECTIVE.id())
        .description(Meters.FEW_EFFECTIVE.meaning())
        .register(meters);
  }

  /** Counts a drift, under the adapter's name for the first adapters seen. */
  public void drift(String adapter) {
    boolean named = drifts.size() < maxAdapters || drifts.containsKey(adapter);
    drifts.computeIfAbsent(named ? adapter : "other", this::drifts).increment();
  }

  private Counter drifts(String adapter) {
    return Counter.builder(Meters.DRIFTS.id())
        .description(Meters.DRIFTS.meaning())
        .tag("adapter", adapter)
        .register(meters);
  }

  /** Notes how many records wait for the trainer; NaN when unknown. */
  public void backlog(double records) {
    backlog = records;
  }

  /** How many records wait for the trainer, as seen last; NaN when unknown. */
  public double backlog() {
    return backlog;
  }

  /** Shows what waits for a stage. */
  public void lag(String stage, Lag lag) {
    lagAges
        .computeIfAbsent(stage, name -> gauge(Meters.LAG_AGE, STAGE, name))
        .set(lag.ageSeconds());
    lagRecords
        .computeIfAbsent(stage, name -> gauge(Meters.LAG_RECORDS, STAGE, name))
        .set(lag.records());
  }

  /** Shows whether records are being processed. */
  public void ready(BooleanSupplier ready) {
    ToDoubleFunction<BooleanSupplier> asNumber = state -> state.getAsBoolean() ? 1 : 0;
    Gauge.builder(Meters.READY.id(), ready, asNumber)
        .description(Meters.READY.meaning())
        .strongReference(true)
        .register(meters);
  }

  private Counter records(String stage, String outcome, String reason) {
    return records.computeIfAbsent(
        new Outcome(stage, outcome, reason), key -> counter(stage, outcome, reason));
  }

  private record Outcome(String stage, String outcome, String reason) {}

  private Counter counter(String stage, String outcome, String reason) {
    return Counter.builder(Meters.RECORDS.id())
        .description(Meters.RECORDS.meaning())
        .tag(STAGE, stage)
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(meters);
  }

  private AtomicReference<Double> gauge(Meters meter, String tag, String value) {
    AtomicReference<Double> holder = new AtomicReference<>(Double.NaN);
    Gauge.builder(meter.id(), holder, AtomicReference::get)
        .description(meter.meaning())
        .baseUnit(meter.unit().isEmpty() ? null : meter.unit())
        .tag(tag, value)
        .register(meters);
    return holder;
  }
}
