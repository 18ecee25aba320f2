package io.alluvium.cli.local.up;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.folder.DataOptions;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.Overview;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.local.machine.BaseMemory;
import io.alluvium.cli.local.machine.DiskSpace;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.local.option.SettingsOption;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.keep.Limits;
import io.alluvium.stack.service.BrokerService;
import io.alluvium.stack.service.RegistryService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium up}: starts everything on this machine. */
@Command(
    name = "up",
    description = "Start broker, registry, streams-app and both worker roles on this machine.",
    footer = {
      "",
      "A second up on the same directory resumes: data is kept, what runs unchanged is left running, what "
          + "was killed or whose settings changed is started again. Without --retention the suites in the base's "
          + "folder retention are used; without any, every verdict says so. Without --anchors it is the base's "
          + "anchors.jsonl, and without that the base generates its own once, which is shown and waited for. Settings for --set are those of the YAML files under DATA/config, with streams. or "
          + "trainer. before them. Ports are remembered; base, suites and --set are not: name them each time. "
          + "Ctrl-C before all is ready stops what this up started.",
      "",
      "A supervisor starts again what dies, after 1 second, then 2, 4 and so on up to a minute, at most 8 times in "
          + "10 minutes, as long as it takes after exit code 3 (something else does not answer, or is full), and not after exit "
          + "code 2 (configuration); `alluvium status` says how often and why.",
      "",
      "It always runs its own broker and registry. For a cluster of your own start the three programs with "
          + "`alluvium run`, or as systemd units (deploy/systemd).",
      "",
      "Examples:",
      "  alluvium up",
      "  alluvium up --base BASE_FOLDER --retention math.jsonl",
      "  alluvium up --data two --free-ports --set trainer.window.examples=128",
      "",
      "Exit: 0 all ready, 1 a process did not get ready, 2 usage, port in use or unusable directory."
    })
public final class UpCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final DataOptions data = new DataOptions();

  @Mixin private final BaseOption base = new BaseOption();

  @Option(
      names = "--retention",
      paramLabel = "FILE",
      description = "Suite of old skills that no version may forget. Repeatable.")
  private final List<Path> retention = new ArrayList<>();

  @Option(
      names = "--anchors",
      paramLabel = "FILE",
      description = "Lines that hold the adapter near the base.")
  private @Nullable Path anchors;

  @Mixin private final SettingsOption settings = new SettingsOption();

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Port of the broker (default: its last one here, else 9092; 0: any free one).")
  private @Nullable Integer kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      description =
          "Port of the registry (default: its last one here, else 8081; 0: any free one).")
  private @Nullable Integer registryPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "First of three ports for metrics and health (default: the last ones here, else 9464; 0: any free ones).")
  private @Nullable Integer metricsPort;

  @Option(
      names = "--free-ports",
      description = "Use any free ports, and the same ones again later.")
  private boolean freePorts;

  @Option(
      names = "--no-supervisor",
      description = "Start nothing again that dies; for tests that kill.")
  private boolean noSupervisor;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What stands before every topic name.",
      defaultValue = "")
  private String topicPrefix = "";

  /** Speaks to a terminal. */
  public UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    DataFolder folder = data.folder();
    ModelPlan model = ModelPlan.of(base.folder(), retention, anchors);
    PortBook book = new PortBook(folder);
    LocalSystem.Request request =
        new LocalSystem.Request(topicPrefix, metricsPorts(book), model, settings.overrides());
    request.check(folder);
    BaseMemory memory = request.memory(folder);
    memory.ensureFits().ifPresent(terminal::say);
    folder.ensureWritable();
    if (base.isNamed()) {
      terminal.say(memory.line());
    }
    DiskSpace.at(folder.root()).ensureEnough().ifPresent(terminal::say);
    LocalStack stack =
        LocalSystem.up(folder, stackConfig(folder, book), request, new StackMessages(terminal));
    LocalSystem.keep(stack, noSupervisor ? LocalStack::unsupervised : UpCommand::supervise);
    Overview.of(stack, folder).forEach(terminal::print);
  }

  private static void supervise(LocalStack stack) {
    stack.supervise(Limits.DEFAULT);
  }

  private StackConfig stackConfig(DataFolder folder, PortBook book) {
    return LocalSystem.explained(
        () -> {
          StackConfig config = StackConfig.in(folder.root()).kept();
          return freePorts
              ? config.withFreePorts()
              : config.withPorts(
                  port(kafkaPort, book, BrokerService.NAME, StackConfig.KAFKA_PORT),
                  port(registryPort, book, RegistryService.NAME, StackConfig.REGISTRY_PORT));
        });
  }

  /** A stack stays where it was, unless it is told to move. */
  private static int port(@Nullable Integer asked, PortBook book, String name, int customary) {
    return asked == null ? book.lastOr(name, customary) : asked;
  }

  private MetricsPorts metricsPorts(PortBook book) {
    if (freePorts || Integer.valueOf(0).equals(metricsPort)) {
      return book.lastOrFree();
    }
    if (metricsPort == null) {
      return book.checked(book.lastOrCustomary());
    }
    int first = metricsPort;
    if (first < 1 || first > 65_533) {
      throw CommandException.usage(
          "--metrics-port %d is no port with two after it: name one up to 65533".formatted(first));
    }
    return book.checked(new MetricsPorts(first, first + 1, first + 2));
  }
}
