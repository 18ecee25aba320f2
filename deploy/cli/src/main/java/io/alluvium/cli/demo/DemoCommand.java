package io.alluvium.cli.demo;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.folder.DataOptions;
import io.alluvium.cli.demo.report.DemoJson;
import io.alluvium.cli.demo.report.DemoResult;
import io.alluvium.cli.demo.report.DemoText;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.local.option.SettingsOption;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium demo}: the whole system on one machine, with a domain that it learns. */
@Command(
    name = "demo",
    description =
        "Stream a new domain through a fresh local stack and show what was learned and kept.",
    footer = {
      "",
      "A stack of its own starts under DATA/demo on free ports; what an earlier demo left there is stopped "
          + "and deleted. Support questions of an invented product follow a rule that changes once on the way; "
          + "duplicates, empty answers, over-long records and wrong bytes are planted among them. Everything is "
          + "stopped at the end, also after Ctrl-C; the published adapters stay under DATA/demo/artifacts until "
          + "the next demo.",
      "",
      "Examples:",
      "  alluvium demo",
      "  alluvium demo --compare-plain",
      "  alluvium demo --keep && alluvium status --data ~/.alluvium/demo",
      "",
      "Exit: 0 a version was published, 1 none was or something failed."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DataOptions data = new DataOptions();

  @Option(names = "--keep", description = "Leave the stack running.")
  private boolean keep;

  @Option(
      names = "--compare-plain",
      description = "Also show what plain training on the same records leaves of the old skills.")
  private boolean comparePlain;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "17",
      description = "Draws another product and another stream (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "2816",
      description = "Good records in the stream (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "24",
      description = "Records per second (default: ${DEFAULT-VALUE}).")
  private double perSecond;

  @Mixin private final BaseOption base = new BaseOption();

  @Mixin private final SettingsOption settings = new SettingsOption();

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Instant startedAt = Instant.now();
    ModelPlan model = ModelPlan.of(base.folder(), List.of(), null);
    DemoPlan plan = new DemoPlan(seed, records, perSecond, model, settings.overrides());
    DataFolder folder = data.folder().demo();
    StackMessages messages = new StackMessages(terminal);
    new DemoFolder(folder).renew(messages);
    DemoResult result;
    try (DemoStack stack = DemoStack.up(folder, config(folder), plan.request(), messages)) {
      result = run(stack.running(), folder, plan, startedAt);
      if (keep) {
        stack.keep();
      }
    }
    report(result, model.base());
    return (result.flow().released() > 0 ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private StackConfig config(DataFolder folder) {
    return LocalSystem.explained(() -> StackConfig.in(folder.root()).withFreePorts());
  }

  private DemoResult run(LocalStack stack, DataFolder folder, DemoPlan plan, Instant startedAt) {
    Cluster cluster = new Cluster(ClientSettings.read(folder.clientProperties()));
    return new DemoRun(stack, cluster, plan, terminal)
        .run(startedAt, comparePlain ? DemoRun.Comparison.PLAIN : DemoRun.Comparison.NONE);
  }

  private void report(DemoResult result, Path baseFolder) {
    if (format.isJson()) {
      terminal.print(DemoJson.of(result));
    } else {
      DemoText.of(result, baseFolder).forEach(terminal::print);
    }
  }
}
