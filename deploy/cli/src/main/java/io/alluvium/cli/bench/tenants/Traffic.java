package io.alluvium.cli.bench.tenants;

import io.alluvium.cli.bench.tenants.book.Tenant;
import io.alluvium.cli.bench.tenants.book.TenantLedger;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.produce.ExampleSender;
import io.alluvium.schemas.TrainingExample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends every tenant's records at its rate, on a thread of its own. */
final class Traffic implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(50);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final ExampleSender sender;
  private final Plan plan;
  private final long[] sent;
  private final double[] phases;
  private final Instant since = Instant.now();
  private final ScheduledExecutorService pace =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "tenants-traffic"));
  private final Future<?> beats;
  private volatile @Nullable Instant burstAt;
  private volatile @Nullable Instant until;

  /**
   * What to send.
   *
   * @param tenants the slowest first
   * @param length how long
   * @param burst records for the fastest at once after half the time; 0 for none
   * @param seed of questions and of who begins when
   */
  record Plan(List<Tenant> tenants, Duration length, int burst, long seed) {
    Duration half() {
      return length.dividedBy(2);
    }
  }

  private Traffic(ExampleSender sender, Plan plan) {
    this.sender = sender;
    this.plan = plan;
    sent = new long[plan.tenants().size()];
    phases = new Random(plan.seed()).doubles(sent.length).toArray();
    beats = pace.scheduleAtFixedRate(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins to send. */
  static Traffic start(Cluster cluster, Plan plan) {
    return new Traffic(new ExampleSender(cluster), plan);
  }

  private void beat() {
    Duration elapsed = Duration.between(since, Instant.now());
    boolean over = elapsed.compareTo(plan.length()) >= 0;
    Duration upTo = over ? plan.length() : elapsed;
    plan.tenants().forEach(tenant -> catchUp(tenant, upTo));
    if (plan.burst() > 0 && burstAt == null && elapsed.compareTo(plan.half()) >= 0) {
      sendBurst(plan.tenants().get(sent.length - 1));
    }
    if (over) {
      sender.flush();
      until = Instant.now();
      pace.shutdown();
    }
  }

  /** A burst has been sent beyond what is due, which must not silence the adapter. */
  private void catchUp(Tenant tenant, Duration elapsed) {
    long extra = burstAt == null || tenant.number() < sent.length - 1 ? 0 : plan.burst();
    long due = tenant.due(elapsed, phases[tenant.number()]) + extra;
    while (sent[tenant.number()] < due) {
      send(tenant, "");
    }
  }

  private void sendBurst(Tenant fastest) {
    burstAt = Instant.now();
    for (int n = 0; n < plan.burst(); n++) {
      send(fastest, TenantLedger.BURST);
    }
  }

  private void send(Tenant tenant, String prefix) {
    long number = sent[tenant.number()]++;
    String id = "%s%s-%07d".formatted(prefix, tenant.name(), number);
    sender.send(
        TrainingExample.newBuilder()
            .setId(id)
            .setAdapter(tenant.name())
            .setPrompt(tenant.prompt(plan.seed(), number))
            .setCompletion(tenant.completion(plan.seed(), number))
            .setEventTime(Instant.now())
            .setSource("bench")
            .build(),
        id);
  }

  /** When the first record was sent. */
  Instant since() {
    return since;
  }

  /** When the burst was sent; empty where there was none yet. */
  Optional<Instant> burstAt() {
    return Optional.ofNullable(burstAt);
  }

  /** From when on adapters count as settled in before a burst: the second half of that time. */
  Instant calm(Instant burst) {
    return burst.minus(plan.half().dividedBy(2));
  }

  /** When the last record was sent; empty before. */
  Optional<Instant> until() {
    if (beats.isDone() && !beats.isCancelled() && until == null) {
      raise();
    }
    return Optional.ofNullable(until);
  }

  private void raise() {
    try {
      beats.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Records acknowledged so far. */
  long acknowledged() {
    return sender.acknowledged();
  }

  /** Records sent to each adapter; to be called when all are. */
  Map<String, Long> produced() {
    Map<String, Long> produced = new HashMap<>();
    plan.tenants().forEach(tenant -> produced.put(tenant.name(), sent[tenant.number()]));
    return produced;
  }

  /** Sends no more, whatever is left of the plan. */
  void stop() {
    beats.cancel(false);
    pace.shutdown();
    try {
      boolean unused = pace.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    sender.close();
  }
}
