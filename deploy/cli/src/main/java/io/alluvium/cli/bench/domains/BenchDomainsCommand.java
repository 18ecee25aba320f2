package io.alluvium.cli.bench.domains;

import io.alluvium.cli.bench.domains.exam.Exam;
import io.alluvium.cli.bench.domains.exam.Material;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.local.option.SettingsOption;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench domains}: what a second domain leaves of the first. */
@Command(
    name = "domains",
    description = "Learn two domains one after the other and measure what is left of the first.",
    footer = {
      "",
      "Starts a stack of its own with the defaults, sends the first records of each file to one adapter, and waits "
          + "until each is trained on, held out or refused before it goes on. Losses are nats per token of the answers, on "
          + "the last lines of each file and on the suite, under what is released at that moment. Where the time limit ends "
          + "the waiting, what is released then is measured, and a line says how many records were not settled.",
      "",
      "Examples:",
      "  alluvium bench domains --base BASE_FOLDER --first news.jsonl --second reviews.jsonl --suite stories.jsonl",
      "  alluvium bench domains --first a.jsonl --second b.jsonl --records 600 --share 0 --format json"
    })
public final class BenchDomainsCommand implements Runnable {
  private static final String ADAPTER = "domains";

  /** So much room for each example that their number binds. */
  private static final long BYTES_PER_EXAMPLE = 16_384;

  private final Terminal terminal;

  @Mixin private final BaseOption base = new BaseOption();

  @Option(
      names = "--first",
      paramLabel = "FILE",
      required = true,
      description = "JSON lines of the domain that is learned first.")
  private Path first = Path.of("");

  @Option(
      names = "--second",
      paramLabel = "FILE",
      required = true,
      description = "Those of the one after it.")
  private Path second = Path.of("");

  @Option(
      names = "--suite",
      paramLabel = "FILE",
      description =
          "What the base can do: the gate's suite, measured here too (default: the base's).")
  private @Nullable Path suite;

  @Option(
      names = "--anchors",
      paramLabel = "FILE",
      description = "General text (default: the base's, or it generates its own).")
  private @Nullable Path anchors;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Sent of each domain (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--held-back",
      paramLabel = "N",
      defaultValue = "256",
      description = "Measured on of each domain (default: ${DEFAULT-VALUE}).")
  private int heldBack;

  @Option(names = "--share", paramLabel = "S", description = "streams.replay.share.")
  private @Nullable Double share;

  @Option(
      names = "--pool",
      paramLabel = "N",
      description = "streams.replay.examples, with bytes enough for them.")
  private @Nullable Integer pool;

  @Option(names = "--repeat", paramLabel = "R", description = "streams.replay.repeats.")
  private @Nullable Integer repeat;

  @Mixin private final SettingsOption overrides = new SettingsOption();

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      defaultValue = "PT30M",
      description = "How long a domain is waited for (default: ${DEFAULT-VALUE}).")
  private Duration limit = Duration.ofMinutes(30);

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description =
          "Where the stack lies, logs and adapters too; it stays (default: nothing stays).")
  private @Nullable Path workDir;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchDomainsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (records < 1 || heldBack < 1) {
      throw CommandException.usage("--records and --held-back must be at least 1");
    }
    ModelPlan plan =
        ModelPlan.of(base.folder(), Optional.ofNullable(suite).stream().toList(), anchors);
    Material.Size size = new Material.Size(records, heldBack);
    List<Material> domains =
        List.of(Material.read(first, ADAPTER, size), Material.read(second, ADAPTER, size));
    print(workDir == null ? inScratch(plan, domains) : measured(workDir, plan, domains));
  }

  private DomainsReport inScratch(ModelPlan plan, List<Material> domains) {
    try (ScratchFolder scratch = ScratchFolder.make("alluvium-domains")) {
      return measured(scratch.path().resolve("data"), plan, domains);
    }
  }

  private DomainsReport measured(Path where, ModelPlan plan, List<Material> domains) {
    DataFolder folder = new DataFolder(where);
    StackConfig config = StackConfig.in(folder.root()).withFreePorts().tied();
    MetricsPorts ports = MetricsPorts.free();
    try (Exam exam = Exam.open(plan, domains.get(0), domains.get(1));
        LocalStack stack =
            LocalSystem.up(
                folder,
                config,
                new LocalSystem.Request("", ports, plan, settings()),
                new StackMessages(terminal))) {
      Cluster cluster = new Cluster(ClientSettings.read(folder.clientProperties()));
      List<DomainsRun.Leg> legs =
          new DomainsRun(stack, cluster, terminal, limit).run(domains, exam);
      return new DomainsReport(exam.under(Optional.empty()), legs.get(0), legs.get(1));
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (share != null) {
      settings.put("streams.replay.share", share.toString());
    }
    if (pool != null) {
      settings.put("streams.replay.examples", pool.toString());
      settings.put("streams.replay.bytes", Long.toString(pool * BYTES_PER_EXAMPLE));
    }
    if (repeat != null) {
      settings.put("streams.replay.repeats", repeat.toString());
    }
    // A domain ends, and its last records with it.
    settings.put("trainer.window.longest.age", "PT30S");
    settings.putAll(overrides.overrides());
    return settings;
  }

  private void print(DomainsReport report) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(report.json()));
    } else {
      terminal.print(BenchMachine.line());
      report.text().forEach(terminal::print);
    }
  }
}
