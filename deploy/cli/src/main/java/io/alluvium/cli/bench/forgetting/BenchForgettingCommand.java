package io.alluvium.cli.bench.forgetting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.bench.forgetting.domain.DomainFolder;
import io.alluvium.cli.bench.forgetting.domain.Orders;
import io.alluvium.cli.bench.forgetting.report.ArmChart;
import io.alluvium.cli.bench.forgetting.report.ForgettingReport;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.bench.forgetting.order.Arm;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench forgetting}: what is kept of a domain while the next ones are learned. */
@Command(
    name = "forgetting",
    description = "Compare arms on domains that one adapter learns one after the other.",
    footer = {
      "",
      "An arm learns the domains in rounds of production and is measured on all of them after each, and on what the base could "
          + "do before. Drawn domains have a rule and facts of their own; with --stream they are yours, their last tenth asked.",
      "",
      "An arm is none (nothing is trained), or words with + between them: plain; default (what the product does); its parts "
          + "anchors, flow, replay, gate; old (anchors are real old text); joint (all domains at once); alone (an adapter for "
          + "each); lr=RATE, replay=SHARE, keep=SHARE (of the records, drawn at random). Without gate training goes on from "
          + "every candidate. What was measured is kept in the work folder: the same command goes on where it was stopped.",
      "",
      "Examples:",
      "  alluvium bench forgetting --quick",
      "  alluvium bench forgetting --methods plain,plain+lr=0.001,plain+replay=0.05,joint,default --seeds 10 --report forgetting.md",
      "  alluvium bench forgetting --base BASE_FOLDER --stream news.jsonl,reviews.jsonl,pairs.jsonl --old-text stories.jsonl --orders 6",
      "  alluvium bench forgetting --methods default,default+replay=0.3 --choosing --format json"
    })
public final class BenchForgettingCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Settings are chosen on seeds from here on, which no report is made of. */
  private static final long CHOOSING_FROM = 1001;

  /** All orders of four domains. */
  private static final int MOST_ORDERS = 24;

  private final Terminal terminal;

  @Option(
      names = "--methods",
      paramLabel = "ARM",
      split = ",",
      description = "Arms to compare (default: none,plain,anchors,anchors+replay,default).")
  private @Nullable List<String> methods;

  @Mixin private final BaseOption base = new BaseOption();

  @Option(
      names = "--stream",
      paramLabel = "FILE",
      split = ",",
      description = "JSON lines of a domain, prompt and completion (default: domains are drawn).")
  private List<Path> streams = new ArrayList<>();

  @Option(
      names = "--old-text",
      paramLabel = "FILE",
      description = "JSON lines of what the base could do before: measured, and what old holds to.")
  private @Nullable Path oldText;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Of drawn domains, training and replay (default: 3).")
  private @Nullable Integer seeds;

  @Option(
      names = "--choosing",
      description = "Other seeds than those that are reported, to choose settings by.")
  private boolean choosing;

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "1",
      description = "Orders of the domains, for each seed (default: ${DEFAULT-VALUE}).")
  private int orders;

  @Option(
      names = "--domains",
      paramLabel = "N",
      description = "Drawn, and learned one after the other (default: 5).")
  private @Nullable Integer domains;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Of each domain (default: 768; of streams 1100).")
  private @Nullable Integer records;

  @Option(
      names = "--quick",
      description =
          "What is not given is small: one seed, three domains of 512 records, plain and default.")
  private boolean quick;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Also write tables, matrices and charts as Markdown, the charts beside it.")
  private @Nullable Path report;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where domains and results are kept (default: bench in the data directory).")
  private Path workDir = DataFolder.byDefault().root().resolve("bench");

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchForgettingCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What is taken where nothing is given. */
  private record Usual(List<String> methods, int seeds, int domains, int records) {
    static final Usual WHOLE =
        new Usual(List.of("none", "plain", "anchors", "anchors+replay", "default"), 3, 5, 768);
    static final Usual QUICK = new Usual(List.of("plain", "default"), 1, 3, 512);
    static final int STREAM_RECORDS = 1100;
  }

  @Override
  public void run() {
    Usual usual = quick ? Usual.QUICK : Usual.WHOLE;
    List<String> arms = methods == null ? usual.methods() : methods;
    Scope scope = scope(usual);
    check(arms, scope);
    List<SequenceResult> results = measured(arms, scope);
    ForgettingReport made = new ForgettingReport(results);
    if (report != null) {
      write(report, made);
    }
    if (format.isJson()) {
      terminal.print(BenchMachine.report(JSON.valueToTree(results)));
      return;
    }
    terminal.print(BenchMachine.line());
    made.tables().forEach(terminal::print);
  }

  private Scope scope(Usual usual) {
    int usualRecords = streams.isEmpty() || quick ? usual.records() : Usual.STREAM_RECORDS;
    return new Scope(
        base.folder().toAbsolutePath(),
        new Scope.Source(streams, oldText),
        new Scope.Size(
            seeds == null ? usual.seeds() : seeds,
            choosing ? CHOOSING_FROM : 1,
            orders,
            domains == null ? usual.domains() : domains,
            records == null ? usualRecords : records));
  }

  private static void check(List<String> arms, Scope scope) {
    Scope.Size size = scope.size();
    CommandException.require(size.seeds() >= 1, "--seeds must be at least 1");
    CommandException.require(
        scope.domains() >= 2,
        "one domain alone is forgotten by nothing: --domains or --stream, 2 or more");
    int most = Orders.possible(scope.domains(), MOST_ORDERS);
    CommandException.require(
        size.orders() >= 1 && size.orders() <= most,
        "--orders must be 1 to %d with %d domains".formatted(most, scope.domains()));
    checkRecords(scope);
    List<Path> names = scope.source().streams().stream().map(Path::getFileName).toList();
    CommandException.require(
        Set.copyOf(names).size() == names.size(),
        "two files of --stream have one name, by which domains are told apart: rename one");
    for (String name : arms) {
      CommandException.require(
          !arm(name).has(Arm.Part.OLD) || scope.source().old() != null,
          "arm %s holds to old text: name a file with --old-text".formatted(name));
    }
  }

  private static void checkRecords(Scope scope) {
    int fewest = scope.source().drawn() ? DomainFolder.fewest() : 1;
    int most = scope.source().drawn() ? DomainFolder.most() : Integer.MAX_VALUE;
    int records = scope.size().records();
    CommandException.require(
        records >= fewest && records <= most,
        "records are %d, want %d to %d".formatted(records, fewest, most));
  }

  private static Arm arm(String name) {
    try {
      return Arm.of(name);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()));
    }
  }

  private List<SequenceResult> measured(List<String> arms, Scope scope) {
    Path root = workDir.toAbsolutePath().resolve(folderName(scope));
    try {
      return new Trials(arms, terminal).measured(scope.written(root));
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()));
    } catch (IOException failed) {
      throw CommandException.failed(
          "%s cannot be read or written: check the files given, make space, or name another folder with --work-dir"
              .formatted(failed.getMessage()),
          failed);
    }
  }

  /** What was measured of other material is no result of this one. */
  private static String folderName(Scope scope) {
    List<Object> all = new ArrayList<>();
    all.add(scope.base().getFileName());
    scope.source().streams().forEach(file -> all.add(file.getFileName()));
    Stream.ofNullable(scope.source().old()).forEach(file -> all.add(file.getFileName()));
    return "forgetting-%d-%d-%s"
        .formatted(
            scope.domains(),
            scope.size().records(),
            String.join("-", all.stream().map(String::valueOf).toList()).replace(".jsonl", ""));
  }

  private void write(Path file, ForgettingReport made) {
    List<String> lines = new ArrayList<>();
    lines.add("# Forgetting");
    lines.add("");
    lines.add(BenchMachine.line());
    lines.add("");
    lines.addAll(made.tables());
    try {
      for (ArmChart chart : made.charts()) {
        Path picture = file.resolveSibling(file.getFileName() + "-" + chart.name() + ".svg");
        Files.writeString(picture, chart.svg());
        lines.add("![%s](%s)".formatted(chart.name(), picture.getFileName()));
        lines.add("");
      }
      lines.addAll(made.matrices());
      Files.write(file, lines);
    } catch (IOException failed) {
      throw CommandException.failed(
          "%s cannot be written: name another file with --report".formatted(file), failed);
    }
  }
}
