package io.alluvium.cli.bench.tenants;

import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.tenants.book.Tenant;
import io.alluvium.cli.bench.tenants.book.TenantsReport;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.local.option.SettingsOption;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench tenants}: many adapters, very different rates, shared partitions. */
@Command(
    name = "tenants",
    description = "Send many adapters records at very different rates and see where each stays.",
    footer = {
      "",
      "Starts a stack of its own with the defaults, sends to the topic examples, waits until nothing moves for 90 "
          + "seconds or the time limit is over, and counts what verify counts. Rates rise by a constant factor from "
          + "adapter to adapter. Freshness is from when a record is sent to the event whose window holds "
          + "it. A burst is held against the quarter of the time before "
          + "it. A window of few records waits for more, so slow adapters may have records left.",
      "",
      "Examples:",
      "  alluvium bench tenants",
      "  alluvium bench tenants --adapters 8 --minutes 2 --fastest 600",
      "  alluvium bench tenants --kills 3 --seed 7",
      "  alluvium bench tenants --partitions 4 --trainers 2 --freeze",
      "  alluvium bench tenants --fastest 600 --burst 20000 --format json",
      "",
      "Exit: 0 all of verify's zeros are zero, 1 something is not, 2 usage."
    })
public final class BenchTenantsCommand implements Callable<Integer> {
  private static final double FREEZE_AT = 0.4;

  private final Terminal terminal;

  @Mixin private final BaseOption base = new BaseOption();

  @Option(
      names = "--adapters",
      paramLabel = "N",
      defaultValue = "40",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int adapters;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "20",
      description = "How long records are sent (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the example topics (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--slowest",
      paramLabel = "PER_MINUTE",
      defaultValue = "1",
      description = "Records a minute of the slowest adapter (default: ${DEFAULT-VALUE}).")
  private double slowest;

  @Option(
      names = "--fastest",
      paramLabel = "PER_MINUTE",
      defaultValue = "6000",
      description = "Those of the fastest (default: ${DEFAULT-VALUE}).")
  private double fastest;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "0",
      description = "Kill a trainer so often, at moments that the seed decides (default: 0).")
  private int kills;

  @Option(
      names = "--trainers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Training processes, 1 or 2 (default: ${DEFAULT-VALUE}).")
  private int trainers;

  @Option(
      names = "--freeze",
      description =
          "Freeze one of two trainers in a round, and let it go on when the group has forgotten it.")
  private boolean freeze;

  @Option(
      names = "--burst",
      paramLabel = "N",
      defaultValue = "0",
      description = "So many records at once for the fastest, after half the time (default: 0).")
  private int burst;

  @Option(
      names = "--drain",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description = "How long is waited at the end (default: ${DEFAULT-VALUE}).")
  private double drain;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides texts and moments (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private final SettingsOption overrides = new SettingsOption();

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description =
          "Where the stack lies, logs and adapters too; it stays (default: nothing stays).")
  private @Nullable Path workDir;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchTenantsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check();
    ModelPlan model = ModelPlan.of(base.folder(), List.of(), null);
    TenantsReport report = workDir == null ? inScratch(model) : measured(workDir, model);
    print(report);
    report.zeros().path("violations").forEach(line -> terminal.say(line.asText()));
    return (report.clean() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private void check() {
    CommandException.require(
        adapters >= 1 && partitions >= 1, "--adapters and --partitions must be at least 1");
    CommandException.require(minutes > 0 && drain > 0, "--minutes and --drain must be above 0");
    CommandException.require(
        slowest > 0 && fastest >= slowest, "--slowest must be above 0, --fastest not below it");
    CommandException.require(kills >= 0 && burst >= 0, "--kills and --burst must be at least 0");
    CommandException.require(trainers == 1 || trainers == 2, "--trainers must be 1 or 2");
    CommandException.require(!freeze || trainers == 2, "--freeze needs --trainers 2");
  }

  private TenantsReport inScratch(ModelPlan model) {
    try (ScratchFolder scratch = ScratchFolder.make("alluvium-tenants")) {
      return measured(scratch.path().resolve("data"), model);
    }
  }

  private TenantsReport measured(Path where, ModelPlan model) {
    DataFolder folder = new DataFolder(where);
    StackConfig config = StackConfig.in(folder.root()).withFreePorts().tied();
    MetricsPorts ports = MetricsPorts.free();
    try (LocalStack stack =
        LocalSystem.up(
            folder,
            config,
            new LocalSystem.Request("", ports, model, settings()),
            new StackMessages(terminal))) {
      Cluster cluster = new Cluster(ClientSettings.read(folder.clientProperties()));
      List<String> names =
          LocalSystem.explained(
              () -> trainers == 2 ? Trainers.withSecond(stack, folder) : List.of(AppPlan.TRAIN));
      try (Trainers processes = new Trainers(stack, cluster, names)) {
        decide(processes);
        return new TenantsRun(folder, cluster, processes, terminal).run(plan(), time(drain));
      }
    }
  }

  private void decide(Trainers processes) {
    Random random = new Random(seed);
    processes.killAt(Trainers.moments(random, kills, time(minutes)), random);
    if (freeze) {
      processes.freezeAt(Duration.ofMillis((long) (FREEZE_AT * time(minutes).toMillis())));
    }
  }

  private Traffic.Plan plan() {
    return new Traffic.Plan(Tenant.spaced(adapters, slowest, fastest), time(minutes), burst, seed);
  }

  private static Duration time(double minutes) {
    return Duration.ofMillis(Math.round(minutes * 60_000));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("streams.partitions", Integer.toString(partitions));
    settings.putAll(overrides.overrides());
    return settings;
  }

  private void print(TenantsReport report) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(report.json()).put("seed", seed));
    } else {
      terminal.print(BenchMachine.line() + ", seed " + seed);
      report.text().forEach(terminal::print);
    }
  }
}
