package io.alluvium.cli.bench.waiting;

import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.waiting.measure.WaitingReport;
import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.local.option.SettingsOption;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench waiting}: what records cost that wait for a window. */
@Command(
    name = "waiting",
    description = "See what records that wait for a window cost the trainer.",
    footer = {
      "",
      "Three scenarios, each on a stack of its own with broker, registry and one trainer; 0 skips one:",
      "  adapters  with few records each against an empty topic: time to read, heap after a full "
          + "collection, processor time when idle, a round of one more adapter;",
      "  settled   records that are done behind two that wait: time of a restart. They are done by "
          + "being refused as too long; their number is rounded down to full windows;",
      "  backlog   ordinary records of one adapter: time to read ahead, as told by commits of "
          + "rounds, and memory then and in rounds.",
      "",
      "Examples:",
      "  alluvium bench waiting",
      "  alluvium bench waiting --adapters 2000 --settled 0 --backlog 0",
      "  alluvium bench waiting --adapters 0 --settled 200000 --backlog 400000 --minutes 1",
      "  alluvium bench waiting --work-dir waiting --format json",
      "",
      "Exit: 0 measured, 1 a scenario did not reach its end within the limit, 2 usage."
    })
public final class BenchWaitingCommand implements Callable<Integer> {
  /** The trainer's defaults; the scenarios need to stay below. */
  private static final long LONGEST_BEHIND = 1_000_000;

  private static final int TRAINABLE = 16;
  private static final long MOST = 99_999_999;
  private static final String READ_AHEAD = "trainer.readAhead.records";
  private static final String READ_AHEAD_DEFAULT = "2000000";

  private final Terminal terminal;

  @Mixin private final BaseOption base = new BaseOption();

  @Option(
      names = "--adapters",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Adapters that wait (default: ${DEFAULT-VALUE}).")
  private int adapters;

  @Option(
      names = "--each",
      paramLabel = "N",
      defaultValue = "3",
      description = "Records of each, below 16 (default: ${DEFAULT-VALUE}).")
  private int each;

  @Option(
      names = "--settled",
      paramLabel = "N",
      defaultValue = "990000",
      description = "Settled records behind those that wait (default: ${DEFAULT-VALUE}).")
  private long settled;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Records of one adapter (default: ${DEFAULT-VALUE}).")
  private long backlog;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "3",
      description = "How long rounds over the backlog are watched (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--limit",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description = "How long a step of a scenario may take (default: ${DEFAULT-VALUE}).")
  private double limit;

  @Mixin private final SettingsOption overrides = new SettingsOption();

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where the stacks lie, logs too; they stay (default: nothing stays).")
  private @Nullable Path workDir;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchWaitingCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check();
    ModelPlan model = ModelPlan.of(base.folder(), List.of(), null);
    print(workDir == null ? inScratch(model) : measured(workDir, model));
    return ExitCode.OK.code();
  }

  private void check() {
    CommandException.require(adapters >= 0, "--adapters must be at least 0");
    CommandException.require(
        each >= 1 && each < TRAINABLE, "--each must be from 1 to 15, or they would not wait");
    CommandException.require(
        settled >= 0 && settled < LONGEST_BEHIND,
        "--settled must be from 0 to 999999, or window.longest.behind would wake the sleeper");
    CommandException.require(
        backlog >= 0 && backlog <= MOST, "--backlog must be from 0 to " + MOST);
    CommandException.require(minutes > 0 && limit > 0, "--minutes and --limit must be above 0");
    CommandException.require(minutes < limit, "--minutes must be below --limit");
    CommandException.require(
        readAhead().matches("[1-9]\\d{0,8}"),
        "--set %s=%s: not a number above 0".formatted(READ_AHEAD, readAhead()));
  }

  private WaitingReport inScratch(ModelPlan model) {
    try (ScratchFolder scratch = ScratchFolder.make("alluvium-waiting")) {
      return measured(scratch.path(), model);
    }
  }

  private WaitingReport measured(Path where, ModelPlan model) {
    List<WaitingReport.Scenario> done = new ArrayList<>();
    if (adapters > 0) {
      ManyAdapters many = new ManyAdapters(adapters, each);
      done.add(on(plan("adapters", where, model), ManyAdapters.settings(), many::run));
    }
    if (settled > 0) {
      SettledBehind behind = new SettledBehind(settled);
      done.add(on(plan("settled", where, model), behind.settings(), behind::run));
    }
    if (backlog > 0) {
      Backlog many = new Backlog(backlog, Long.parseLong(readAhead()), time(minutes));
      done.add(on(plan("backlog", where, model), Map.of(), many::run));
    }
    return new WaitingReport(done);
  }

  private WaitingReport.Scenario on(
      WaitingStack.Plan plan,
      Map<String, String> settings,
      Function<WaitingStack, WaitingReport.Scenario> scenario) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("trainer.partitions", "1");
    all.putAll(overrides.overrides());
    try (WaitingStack stack = WaitingStack.up(plan, all)) {
      WaitingReport.Scenario measured = scenario.apply(stack);
      measured.text().forEach(terminal::say);
      return measured;
    }
  }

  private WaitingStack.Plan plan(String scenario, Path where, ModelPlan model) {
    return new WaitingStack.Plan(scenario, where.resolve(scenario), model, time(limit), terminal);
  }

  private String readAhead() {
    return overrides.overrides().getOrDefault(READ_AHEAD, READ_AHEAD_DEFAULT);
  }

  private static Duration time(double minutes) {
    return Duration.ofMillis(Math.round(minutes * 60_000));
  }

  private void print(WaitingReport report) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(report.json()));
    } else {
      terminal.print(BenchMachine.line());
      report.text().forEach(terminal::print);
    }
  }
}
