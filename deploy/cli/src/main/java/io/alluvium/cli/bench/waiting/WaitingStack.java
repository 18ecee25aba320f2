package io.alluvium.cli.bench.waiting;

import io.alluvium.cli.bench.waiting.fill.Filler;
import io.alluvium.cli.bench.waiting.measure.TrainerProcess;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.record.ReadMark;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.process.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Broker, registry and one training process, for one scenario. */
final class WaitingStack implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);

  private final LocalSystem.Planned system;
  private final Plan plan;
  private final Cluster cluster;
  private final ClientSettings clients;
  private final Admin admin;

  /**
   * What a stack is for.
   *
   * @param scenario its name
   * @param folder in which the stack lies
   * @param model the base
   * @param limit how long something is waited for
   */
  record Plan(String scenario, Path folder, ModelPlan model, Duration limit, Terminal terminal) {}

  private WaitingStack(LocalSystem.Planned system, Plan plan, ClientSettings clients) {
    this.system = system;
    this.plan = plan;
    this.clients = clients;
    this.cluster = new Cluster(clients);
    this.admin = cluster.admin();
  }

  /**
   * Starts broker and registry and makes the topics, with one partition each.
   *
   * @param settings of the programs, as with {@code --set}
   */
  static WaitingStack up(Plan plan, Map<String, String> settings) {
    DataFolder folder = new DataFolder(plan.folder());
    MetricsPorts ports = MetricsPorts.free();
    LocalSystem.Planned system =
        LocalSystem.servers(
            folder,
            StackConfig.in(folder.root()).withFreePorts().tied(),
            new LocalSystem.Request("", ports, plan.model(), settings),
            new StackMessages(plan.terminal()));
    WaitingStack stack =
        new WaitingStack(system, plan, ClientSettings.read(folder.clientProperties()));
    TopicSetup.ensure(stack.admin, new Topics("", 1).all());
    return stack;
  }

  /** Where records are written. */
  Filler filler() {
    return new Filler(clients, plan.terminal());
  }

  /** Events from the first one on. */
  TopicReader<AdapterVersion> versions() {
    return cluster.read(cluster.topics().versions());
  }

  /** Starts the trainer and waits until it is ready. */
  TrainerProcess start() {
    system.start(AppPlan.TRAIN);
    return trainer();
  }

  /** Stops the trainer in order. */
  void stop() {
    system.stack().stop(AppPlan.TRAIN);
  }

  /** Ends the trainer on the spot. */
  void kill() {
    system.stack().kill(AppPlan.TRAIN);
  }

  /** Starts the trainer again and waits until it is ready. */
  TrainerProcess restart() {
    return LocalSystem.explained(
        () -> {
          system.stack().restart(AppPlan.TRAIN);
          return trainer();
        });
  }

  private TrainerProcess trainer() {
    ProcessStatus found =
        system.stack().status().stream()
            .filter(process -> process.name().equals(AppPlan.TRAIN))
            .findFirst()
            .orElseThrow();
    return new TrainerProcess(found.pid(), found.health().resolve("/metrics"));
  }

  /** How far the trainer has read, by what it committed; empty before that. */
  Optional<ReadMark> mark() {
    String group = cluster.topics().prefix() + "alluvium-train";
    TopicPartition only = new TopicPartition(cluster.topics().training().name(), 0);
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return Optional.ofNullable(committed.get(only)).map(ReadMark::of);
    } catch (ExecutionException unknownGroup) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  /**
   * Waits until something holds.
   *
   * @param what as it stands in the message when it does not
   * @throws CommandException when the limit is over or the trainer has ended
   */
  void await(String what, TrainerProcess trainer, BooleanSupplier holds) {
    long endNs = System.nanoTime() + plan.limit().toNanos();
    while (!holds.getAsBoolean()) {
      if (!trainer.alive()) {
        throw unreached("%s: the trainer ended".formatted(what));
      }
      if (System.nanoTime() > endNs) {
        throw unreached("%s: not within %d s".formatted(what, plan.limit().toSeconds()));
      }
      Pause.of(STEP);
    }
  }

  private CommandException unreached(String what) {
    return CommandException.failed(
        "scenario %s did not reach its end (%s): see %s, kept with --work-dir"
            .formatted(plan.scenario(), what, system.stack().log(AppPlan.TRAIN)));
  }

  @Override
  public void close() {
    admin.close();
    system.stack().close();
  }
}
