package io.alluvium.cli.chaos;

import io.alluvium.cli.bench.tenants.book.Tenant;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.produce.ExampleSender;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.stack.process.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records at an even pace, on a thread of its own: good ones, copies of them, empty answers and
 * wrong bytes. Knows which of them admission must let through.
 */
final class Feed implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(50);
  private static final double COPIES = 0.55;
  private static final double TRICKLE_PER_SECOND = 10;
  private static final double EMPTY = 0.04;
  private static final double WRONG_BYTES = 0.01;

  private final ExampleSender sender;
  private final List<Tenant> tenants;
  private final Plan plan;
  private final Random random;
  private final long[] good;
  private final AtomicLong admissible = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "chaos-feed");
  private volatile @Nullable RuntimeException failure;

  /**
   * What to send.
   *
   * @param records in all
   * @param length of time over which they are sent
   */
  record Plan(long records, Duration length, long seed) {}

  Feed(Cluster cluster, List<Tenant> tenants, Plan plan) {
    this.sender = new ExampleSender(cluster);
    this.tenants = tenants;
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.good = new long[tenants.size()];
    thread.start();
  }

  private void run() {
    try {
      Instant since = Instant.now();
      while (!over.get() && (sent.get() < plan.records() || !enough.get())) {
        long due = due(Duration.between(since, Instant.now()));
        while (sent.get() < due) {
          send();
        }
        Pause.of(BEAT);
      }
      sender.flush();
    } catch (RuntimeException failed) {
      failure = failed;
    } finally {
      over.set(true);
    }
  }

  /** Behind the end of the plan there is a trickle, so that whoever was killed last has work. */
  private long due(Duration elapsed) {
    double share = elapsed.toMillis() / (double) plan.length().toMillis();
    double late = Math.max(0, elapsed.minus(plan.length()).toMillis() / 1e3);
    long trickle = enough.get() ? 0 : (long) (late * TRICKLE_PER_SECOND);
    return Math.min(plan.records(), (long) (share * plan.records()) + 1) + trickle;
  }

  /** All that was planned is enough: the trickle ends. */
  void enough() {
    enough.set(true);
  }

  private void send() {
    int number = (int) (sent.get() % tenants.size());
    Tenant tenant = tenants.get(number);
    double dice = random.nextDouble();
    if (dice < WRONG_BYTES) {
      byte[] noise = ("noise " + sent.get()).getBytes(StandardCharsets.UTF_8);
      sender.sendBytes(tenant.name(), noise, "noise");
    } else if (dice < WRONG_BYTES + EMPTY) {
      example(tenant, "empty-" + sent.get(), sent.get(), "");
    } else if (dice < WRONG_BYTES + EMPTY + COPIES && good[number] > 0) {
      long copied = random.nextLong(good[number]);
      example(tenant, id(tenant, copied), copied, tenant.completion(plan.seed(), copied));
    } else {
      long fresh = good[number]++;
      example(tenant, id(tenant, fresh), fresh, tenant.completion(plan.seed(), fresh));
      admissible.incrementAndGet();
    }
    sent.incrementAndGet();
  }

  private static String id(Tenant tenant, long record) {
    return "%s-%07d".formatted(tenant.name(), record);
  }

  private void example(Tenant tenant, String id, long record, String completion) {
    sender.send(
        TrainingExample.newBuilder()
            .setId(id)
            .setAdapter(tenant.name())
            .setPrompt(tenant.prompt(plan.seed(), record))
            .setCompletion(completion)
            .setEventTime(Instant.now())
            .setSource("chaos")
            .build(),
        id);
  }

  /** Whether all is sent and acknowledged, or something failed. */
  boolean over() {
    return over.get() && !thread.isAlive();
  }

  /** Why not all was sent; empty while nothing failed. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Records acknowledged by the broker so far. */
  long acknowledged() {
    return sender.acknowledged();
  }

  /** Records of those sent that admission must let through. */
  long admissible() {
    return admissible.get();
  }

  @Override
  public void close() {
    over.set(true);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    sender.close();
  }
}
