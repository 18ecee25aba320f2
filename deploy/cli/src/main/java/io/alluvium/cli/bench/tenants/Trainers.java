package io.alluvium.cli.bench.tenants;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.alluvium.cli.bench.tenants.book.TenantsReport.Memory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.process.Pause;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/** The training processes: how many there are, what is done to them, how large they get. */
public final class Trainers implements AutoCloseable {
  private static final String SECOND = AppPlan.TRAIN + "-2";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * A member that is silent for 45 seconds, the broker's default, is none any more; one that was
   * killed before is counted as long, so numbers of members tell nothing.
   */
  private static final Duration FORGOTTEN = Duration.ofSeconds(60);

  /** Of a look, the share that a process computes while it is in a round. */
  private static final double BUSY = 0.5;

  private static final long KIBIBYTE = 1024;

  private final LocalStack stack;
  private final Cluster cluster;
  private final List<String> names;
  private final List<String> log = new ArrayList<>();
  private final Map<String, Memory> memory = new LinkedHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final ScheduledExecutorService fate =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "tenants-fate"));
  private final Instant since = Instant.now();

  Trainers(LocalStack stack, Cluster cluster, List<String> names) {
    this.stack = stack;
    this.cluster = cluster;
    this.names = List.copyOf(names);
  }

  /** The first trainer beside a second one, which has the same settings. */
  public static List<String> withSecond(LocalStack stack, DataFolder folder) {
    int port = LocalStack.freePort();
    Path config = folder.config().resolve("trainer-worker-2.yaml");
    try {
      ObjectNode settings =
          (ObjectNode) YAML.readTree(folder.config().resolve("trainer-worker.yaml").toFile());
      settings.put("workerId", "1").put("workDir", folder.root().resolve("work-2").toString());
      settings.withObject("metrics").put("trainPort", port);
      Files.writeString(config, YAML.writeValueAsString(settings));
    } catch (IOException denied) {
      throw CommandException.failed(
          "cannot write %s (%s): name another folder with --work-dir"
              .formatted(config, FileFault.words(denied)),
          denied);
    }
    stack.startApp(
        AppSpec.of(
                SECOND,
                "io.alluvium.trainer.TrainerWorker",
                AppSpec.classPath("trainer-worker", "alluvium-trainer-worker"),
                URI.create("http://127.0.0.1:%d/health".formatted(port)))
            .withJvmOptions(
                "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dai.djl.offline=true")
            .withArguments("train", "--config", config.toString()));
    return List.of(AppPlan.TRAIN, SECOND);
  }

  /**
   * Moments within the middle eight tenths of a time, in order.
   *
   * @param random decides
   */
  static List<Duration> moments(Random random, int count, Duration length) {
    return random
        .doubles(count, 0.1, 0.9)
        .sorted()
        .mapToObj(share -> Duration.ofMillis((long) (share * length.toMillis())))
        .toList();
  }

  /** Will kill one of them at each of these moments from now, and start it again. */
  void killAt(List<Duration> moments, Random random) {
    for (Duration moment : moments) {
      String victim = names.get(random.nextInt(names.size()));
      at(moment, () -> kill(victim));
    }
  }

  /** Will freeze the one that is in a round, until the group has forgotten it. */
  void freezeAt(Duration moment) {
    at(moment, this::freeze);
  }

  private void at(Duration moment, Runnable deed) {
    var unused = fate.schedule(() -> guarded(deed), moment.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void guarded(Runnable deed) {
    underWay.incrementAndGet();
    try {
      deed.run();
    } catch (RuntimeException failed) {
      note("not done: " + failed.getMessage());
    } finally {
      underWay.decrementAndGet();
    }
  }

  private void kill(String victim) {
    stack.kill(victim);
    note("killed " + victim);
    stack.restart(victim);
    note("%s is ready again".formatted(victim));
  }

  private void freeze() {
    Optional<String> busy = awaitBusy();
    if (busy.isEmpty()) {
      note("nothing frozen: no trainer was in a round within " + PATIENCE);
      return;
    }
    stack.pause(busy.get());
    note("froze %s in a round".formatted(busy.get()));
    try {
      Pause.of(FORGOTTEN);
      note("%d members are left".formatted(members()));
    } finally {
      stack.resume(busy.get());
      note("%s goes on".formatted(busy.get()));
    }
  }

  private Optional<String> awaitBusy() {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Map<String, Duration> before = times();
      Pause.of(LOOK);
      Map<String, Duration> after = times();
      for (String name : names) {
        Duration used =
            Objects.requireNonNull(after.get(name)).minus(Objects.requireNonNull(before.get(name)));
        if (used.toMillis() > BUSY * LOOK.toMillis()) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  private Map<String, Duration> times() {
    Map<String, Duration> times = new LinkedHashMap<>();
    for (ProcessStatus process : living()) {
      times.put(
          process.name(),
          ProcessHandle.of(process.pid())
              .flatMap(handle -> handle.info().totalCpuDuration())
              .orElse(Duration.ZERO));
    }
    names.forEach(name -> times.putIfAbsent(name, Duration.ZERO));
    return times;
  }

  private int members() {
    String group = cluster.topics().prefix() + "alluvium-train";
    try (Admin admin = cluster.admin()) {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .mapToInt(described -> described.members().size())
          .sum();
    } catch (ExecutionException unknown) {
      throw CommandException.failed(
          "group %s cannot be described (%s)".formatted(group, ClientFault.words(unknown)),
          unknown);
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  private List<ProcessStatus> living() {
    return stack.status().stream().filter(process -> names.contains(process.name())).toList();
  }

  /** A process that ended though nobody killed it. */
  Optional<String> gone() {
    return underWay.get() > 0
        ? Optional.empty()
        : stack.status().stream()
            .filter(process -> process.state() == ProcessStatus.State.GONE)
            .filter(process -> underWay.get() == 0)
            .map(ProcessStatus::name)
            .findFirst();
  }

  /** Whether something is being done to one of them. */
  boolean disturbed() {
    return underWay.get() > 0;
  }

  /** Looks how large they are. */
  void look() {
    for (ProcessStatus process : living()) {
      long bytes = resident(process.pid());
      if (bytes > 0) {
        memory.merge(
            process.name(),
            new Memory(process.name(), bytes, bytes, bytes),
            (old, now) ->
                new Memory(old.process(), old.first(), Math.max(old.max(), now.max()), now.last()));
      }
    }
  }

  /** Resident bytes; 0 where the system does not tell. */
  private static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kibibytes -> Long.parseLong(kibibytes) * KIBIBYTE)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** How large they were. */
  List<Memory> memory() {
    return List.copyOf(memory.values());
  }

  private void note(String line) {
    synchronized (log) {
      log.add("%4d s: %s".formatted(Duration.between(since, Instant.now()).toSeconds(), line));
    }
  }

  /** What was done so far. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  @Override
  public void close() {
    fate.shutdownNow();
  }
}
