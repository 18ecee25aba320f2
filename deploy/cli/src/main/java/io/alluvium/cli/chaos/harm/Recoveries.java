package io.alluvium.cli.chaos.harm;

import io.alluvium.cli.bench.waiting.measure.Gauges;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.service.BrokerService;
import io.alluvium.stack.service.RegistryService;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * From a kill to the next work that others can see: for the broker the next acknowledged record,
 * for the registry the next answer, for streams-app the next committed offset, for scorer and
 * trainers the first transaction that the new process has committed.
 */
public final class Recoveries {
  private static final int TIMEOUT_MS = 2_000;
  private static final String STREAMS_GROUP = "alluvium-streams";

  private final LocalStack stack;
  private final Cluster cluster;
  private final LongSupplier acknowledged;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Map<String, List<Double>> seconds = new TreeMap<>();
  private final Map<String, Integer> cut = new TreeMap<>();

  /**
   * Watches a stack.
   *
   * @param acknowledged how many records the broker has taken so far
   */
  public Recoveries(LocalStack stack, Cluster cluster, LongSupplier acknowledged) {
    this.stack = stack;
    this.cluster = cluster;
    this.acknowledged = acknowledged;
  }

  private record Waiting(Instant since, long pid, OptionalLong before) {}

  /**
   * Begins to wait for a process that was killed; one that had not worked yet is cut short.
   *
   * @param at when
   * @param pid of the one that was killed
   */
  synchronized void killed(String name, Instant at, long pid) {
    if (waiting.containsKey(name)) {
      cut.merge(name, 1, Integer::sum);
    }
    waiting.put(name, new Waiting(at, pid, before(name)));
  }

  /**
   * What a committed offset was then is asked when the next process lives, long before it works.
   */
  private OptionalLong before(String name) {
    return switch (name) {
      case AppPlan.STREAMS -> OptionalLong.empty();
      case BrokerService.NAME -> OptionalLong.of(acknowledged.getAsLong());
      default -> OptionalLong.of(0);
    };
  }

  /** Looks which of them work again. */
  public void look() {
    Map<String, Waiting> now;
    synchronized (this) {
      now = new LinkedHashMap<>(waiting);
    }
    now.forEach(this::look);
  }

  private void look(String name, Waiting wait) {
    if (stack.living(name).filter(child -> child.pid() != wait.pid()).isEmpty()) {
      return;
    }
    OptionalLong mark = mark(name);
    if (mark.isPresent()) {
      settle(name, wait, mark.getAsLong());
    }
  }

  private synchronized void settle(String name, Waiting wait, long mark) {
    if (!wait.equals(waiting.get(name))) {
      return;
    }
    if (wait.before().isEmpty()) {
      waiting.put(name, new Waiting(wait.since(), wait.pid(), OptionalLong.of(mark)));
    } else if (mark > wait.before().getAsLong()) {
      waiting.remove(name);
      seconds
          .computeIfAbsent(name, one -> new ArrayList<>())
          .add(Duration.between(wait.since(), Instant.now()).toMillis() / 1e3);
    }
  }

  /** What rises when a process works; empty where it cannot be asked now. */
  private OptionalLong mark(String name) {
    return switch (name) {
      case BrokerService.NAME -> OptionalLong.of(acknowledged.getAsLong());
      case RegistryService.NAME -> OptionalLong.of(registryAnswers() ? 1 : 0);
      case AppPlan.STREAMS -> committed();
      default -> OptionalLong.of(transactions(name));
    };
  }

  private boolean registryAnswers() {
    return get(URI.create(stack.registryUrl() + "/subjects")).isPresent();
  }

  private static Optional<String> get(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try (InputStream body = connection.getInputStream()) {
        return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException away) {
      return Optional.empty();
    }
  }

  private OptionalLong committed() {
    try (Admin admin = cluster.admin()) {
      return OptionalLong.of(
          admin
              .listConsumerGroupOffsets(cluster.topics().prefix() + STREAMS_GROUP)
              .partitionsToOffsetAndMetadata()
              .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
              .values()
              .stream()
              .mapToLong(mark -> mark == null ? 0 : mark.offset())
              .sum());
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      return OptionalLong.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  /** A dead process has none, and a new one begins with none. */
  private long transactions(String name) {
    URI metrics =
        URI.create("http://127.0.0.1:%d/metrics".formatted(stack.lastPort(name).orElse(1)));
    return get(metrics)
        .map(text -> Gauges.parse(text).sum("alluvium_transactions_total", "fate=\"published\""))
        .orElse(0L);
  }

  /** Seconds by process. */
  public synchronized Map<String, List<Double>> seconds() {
    Map<String, List<Double>> copy = new TreeMap<>();
    seconds.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy;
  }

  /** Kills that came before a process had worked again, by process. */
  public synchronized Map<String, Integer> cutShort() {
    return new TreeMap<>(cut);
  }

  /** Processes that have not worked since they were killed. */
  public synchronized List<String> stillWaiting() {
    return List.copyOf(waiting.keySet());
  }
}
