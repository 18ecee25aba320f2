package io.alluvium.cli.chaos;

import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.tenants.Trainers;
import io.alluvium.cli.bench.tenants.book.Tenant;
import io.alluvium.cli.chaos.harm.Deeds.Place;
import io.alluvium.cli.chaos.harm.Victims;
import io.alluvium.cli.chaos.plan.Fault;
import io.alluvium.cli.chaos.plan.FaultPlan;
import io.alluvium.cli.chaos.report.ChaosReport;
import io.alluvium.cli.chaos.report.LogExcerpt;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.cli.local.machine.ShippedBase;
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
import io.alluvium.stack.launch.ProcessFolder;
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

/** {@code alluvium chaos}: kill everything, again and again, and count what must be zero. */
@Command(
    name = "chaos",
    description =
        "Kill, stop and starve every process while records flow; count what must be zero.",
    footer = {
      "",
      "Starts a stack of its own and touches no other. The seed decides records and faults; the plan is printed. "
          + "Faults: every process killed at any moment; trainers killed at a new artifact, in a "
          + "transaction and at the commit (seen from outside: the store's folder, the topic of versions before "
          + "it is committed; the broker says afterwards what had been reached); stops and wakes beyond the "
          + "session timeout; broker bounced; registry down; store unwritable (a file where artifacts are staged, "
          + "as a full disk would refuse); streams-app without its local state. Four in ten records are good, "
          + "the rest copies, empty answers and wrong bytes. At the end all is left to settle and verify runs.",
      "",
      "Examples:",
      "  alluvium chaos --minutes 15 --seed 7",
      "  alluvium chaos --minutes 2 --records 3000 --format json",
      "  alluvium chaos --minutes 30 --trainers 1 --kills-per-minute 8 --work-dir chaos-run",
      "",
      "Exit: 0 all zeros are zero, 1 one is not, 2 usage."
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final int RECORDS_PER_MINUTE = 7_000;

  private final Terminal terminal;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "15",
      description = "How long records are sent and things go wrong (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides records and faults (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "To send at least (default: 7000 a minute).")
  private @Nullable Long records;

  @Option(
      names = "--adapters",
      paramLabel = "N",
      defaultValue = "24",
      description = "How many share them (default: ${DEFAULT-VALUE}).")
  private int adapters;

  @Option(
      names = "--trainers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Training processes, 1 or 2 (default: ${DEFAULT-VALUE}).")
  private int trainers;

  @Option(
      names = "--kills-per-minute",
      paramLabel = "N",
      defaultValue = "6",
      description = "At any moment, besides those at chosen points (default: ${DEFAULT-VALUE}).")
  private double killsPerMinute;

  @Option(
      names = "--drain",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description = "How long is waited at the end (default: ${DEFAULT-VALUE}).")
  private double drain;

  @Mixin private final SettingsOption overrides = new SettingsOption();

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where the stack lies, logs too; it stays (default: nothing stays).")
  private @Nullable Path workDir;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public ChaosCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandException.require(minutes > 0 && drain > 0, "--minutes and --drain must be above 0");
    CommandException.require(adapters >= 1, "--adapters must be at least 1");
    CommandException.require(killsPerMinute >= 0, "--kills-per-minute must be at least 0");
    CommandException.require(trainers == 1 || trainers == 2, "--trainers must be 1 or 2");
    CommandException.require(records() >= 1, "--records must be at least 1");
    ChaosReport report = workDir == null ? inScratch() : measured(workDir);
    print(report);
    report.verify().path("violations").forEach(line -> terminal.say(line.asText()));
    return (report.clean() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private long records() {
    return records == null ? Math.max(1, Math.round(RECORDS_PER_MINUTE * minutes)) : records;
  }

  private ChaosReport inScratch() {
    try (ScratchFolder scratch = ScratchFolder.make("alluvium-chaos")) {
      return measured(scratch.path().resolve("data"));
    }
  }

  private ChaosReport measured(Path where) {
    DataFolder folder = new DataFolder(where);
    ModelPlan model = new ModelPlan(ShippedBase.folder(), List.of(), null);
    MetricsPorts ports = MetricsPorts.free();
    try (LocalStack stack =
        LocalSystem.up(
            folder,
            StackConfig.in(folder.root()).withFreePorts().tied(),
            new LocalSystem.Request("", ports, model, settings()),
            new StackMessages(terminal))) {
      Cluster cluster = new Cluster(ClientSettings.read(folder.clientProperties()));
      Victims victims = new Victims(stack, trainerNames(stack, folder));
      FaultPlan plan = FaultPlan.draw(minutes, killsPerMinute, victims.lots(), new Random(seed));
      terminal.say("seed " + seed);
      plan.faults().stream().map(Fault::line).forEach(terminal::say);
      List<Tenant> tenants = Tenant.spaced(adapters, 1, 1);
      ChaosReport report =
          LocalSystem.explained(
              () ->
                  new ChaosRun(new Place(folder, cluster), victims, tenants, terminal)
                      .run(plan, new Feed.Plan(records(), time(minutes), seed), time(drain)));
      if (!report.clean()) {
        // What a scratch folder holds is gone afterwards.
        LogExcerpt.of(new ProcessFolder(folder.root()).logs()).forEach(terminal::say);
      }
      return report;
    }
  }

  private List<String> trainerNames(LocalStack stack, DataFolder folder) {
    return LocalSystem.explained(
        () -> trainers == 2 ? Trainers.withSecond(stack, folder) : List.of(AppPlan.TRAIN));
  }

  private static Duration time(double minutes) {
    return Duration.ofMillis(Math.round(minutes * 60_000));
  }

  /** Rounds are cheap and many here: what matters is that they end, not how well they train. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("streams.partitions", "4");
    settings.put("streams.replay.share", "0.05");
    settings.put("trainer.window.examples", "512");
    settings.put("trainer.gate.retention", "[]");
    settings.put("trainer.gate.own.examples", "32");
    settings.put("trainer.window.age", "PT5S");
    settings.put("trainer.window.longest.age", "PT15S");
    settings.put("trainer.finetune.epochs", "1");
    settings.put("trainer.finetune.anchors.generate", "64");
    settings.put("trainer.finetune.anchors.perBatch", "2");
    settings.putAll(overrides.overrides());
    return settings;
  }

  private void print(ChaosReport report) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(report.json()).put("seed", seed));
    } else {
      terminal.print(BenchMachine.line() + ", seed " + seed);
      report.text().forEach(terminal::print);
    }
  }
}
