package io.alluvium.cli;

import io.alluvium.cli.adapters.AdaptersCommand;
import io.alluvium.cli.bench.BenchCommand;
import io.alluvium.cli.chaos.ChaosCommand;
import io.alluvium.cli.demo.DemoCommand;
import io.alluvium.cli.doctor.DoctorCommand;
import io.alluvium.cli.explain.ExplainCommand;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.local.up.DownCommand;
import io.alluvium.cli.local.up.UpCommand;
import io.alluvium.cli.model.EvaluateCommand;
import io.alluvium.cli.model.ask.GenerateCommand;
import io.alluvium.cli.order.erasure.EraseCommand;
import io.alluvium.cli.order.review.ReviewCommand;
import io.alluvium.cli.order.training.PauseCommand;
import io.alluvium.cli.order.training.ResumeCommand;
import io.alluvium.cli.order.training.RollbackCommand;
import io.alluvium.cli.policy.PolicyCommand;
import io.alluvium.cli.pretrain.PretrainCommand;
import io.alluvium.cli.produce.ProduceCommand;
import io.alluvium.cli.program.ProgramCommand;
import io.alluvium.cli.rederive.RederiveCommand;
import io.alluvium.cli.rejections.RejectionsCommand;
import io.alluvium.cli.run.RunCommand;
import io.alluvium.cli.samples.SamplesCommand;
import io.alluvium.cli.status.StatusCommand;
import io.alluvium.cli.suite.SuiteCommand;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.verify.VerifyCommand;
import io.alluvium.cli.watch.WatchCommand;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: learning that arrives as a stream, from raw records to published adapters. */
@Command(
    name = "alluvium",
    description = "Learning that arrives as a stream: records in, adapters out.",
    mixinStandardHelpOptions = true,
    version = "alluvium 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed or input refused, 2 usage or configuration, 3 unreachable. "
          + "`alluvium COMMAND --help` shows a command's options and examples."
    })
public final class Alluvium {
  /**
   * Options of earlier builds, and their names since they are those of Kafka's own tools and of
   * PEFT.
   */
  private static final Map<String, String> RENAMED =
      Map.of("--bootstrap", "--bootstrap-server", "--targets", "--target-modules");

  private Alluvium() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofProcess(), System.in, arguments));
  }

  /** Runs one command on given streams and returns its exit code. */
  public static int run(Terminal terminal, InputStream standardInput, String... arguments) {
    return commandLine(terminal, standardInput).execute(arguments);
  }

  static CommandLine commandLine(Terminal terminal, InputStream standardInput) {
    CommandLine line =
        new CommandLine(new Alluvium())
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new UpCommand(terminal))
            .addSubcommand(new DownCommand(terminal))
            .addSubcommand(new StatusCommand(terminal))
            .addSubcommand(new RunCommand(System.getenv()))
            .addSubcommand(new VerifyCommand(terminal))
            .addSubcommand(new SamplesCommand(terminal))
            .addSubcommand(new ProduceCommand(terminal, standardInput))
            .addSubcommand(new WatchCommand(terminal))
            .addSubcommand(AdaptersCommand.on(terminal))
            .addSubcommand(PolicyCommand.on(terminal))
            .addSubcommand(SuiteCommand.on(terminal))
            .addSubcommand(ReviewCommand.on(terminal))
            .addSubcommand(new EraseCommand(terminal))
            .addSubcommand(new PauseCommand(terminal))
            .addSubcommand(new ResumeCommand(terminal))
            .addSubcommand(new RollbackCommand(terminal))
            .addSubcommand(RejectionsCommand.on(terminal))
            .addSubcommand(ExplainCommand.on(terminal))
            .addSubcommand(new RederiveCommand(terminal))
            .addSubcommand(new GenerateCommand(terminal))
            .addSubcommand(new EvaluateCommand(terminal))
            .addSubcommand(new PretrainCommand(terminal))
            .addSubcommand(new ProgramCommand(terminal))
            .addSubcommand(BenchCommand.on(terminal))
            .addSubcommand(new ChaosCommand(terminal))
            .addSubcommand(new DoctorCommand(terminal))
            .addSubcommand(new HelpCommand(terminal));
    addHelp(line);
    return line.setParameterExceptionHandler((wrong, args) -> misused(terminal, wrong))
        .setExecutionExceptionHandler((fault, on, parsed) -> ended(terminal, fault))
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * Every command answers --help; --version is the program's own, and an option of some commands.
   */
  private static void addHelp(CommandLine line) {
    for (CommandLine subcommand : line.getSubcommands().values()) {
      subcommand
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Show this page and end.")
                  .build());
      addHelp(subcommand);
    }
  }

  private static int misused(Terminal terminal, ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      Optional<String> renamed = renamed(unmatched.getUnmatched());
      if (renamed.isPresent()) {
        terminal.say(renamed.get());
        return ExitCode.USAGE.code();
      }
    }
    terminal.say(
        "%s: see `%s --help`"
            .formatted(
                String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage"),
                wrong.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE.code();
  }

  /** An option of an earlier build is refused by its new name. */
  private static Optional<String> renamed(List<String> unmatched) {
    return unmatched.stream()
        .map(argument -> argument.split("=", 2)[0])
        .filter(RENAMED::containsKey)
        .map(option -> "%s is called %s now".formatted(option, RENAMED.get(option)))
        .findFirst();
  }

  /** Expected ends are one line; anything else is a fault of the program and shows its trace. */
  private static int ended(Terminal terminal, Exception fault) throws Exception {
    CommandException expected =
        fault instanceof CommandException known ? known : ClientFault.ending(fault).orElse(null);
    if (expected == null) {
      throw fault;
    }
    terminal.say(expected.getMessage());
    return expected.exitCode().code();
  }
}
