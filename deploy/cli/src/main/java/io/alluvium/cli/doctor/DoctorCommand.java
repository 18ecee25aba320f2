package io.alluvium.cli.doctor;

import io.alluvium.cli.connect.DataOptions;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.FormatOption;
import io.alluvium.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium doctor}: looks at the machine. */
@Command(
    name = "doctor",
    description =
        "Check JDK, Maven, tensor engine, base and its memory, data directory, disk, own processes, ports and tools.",
    footer = {
      "",
      "Examples:",
      "  alluvium doctor",
      "  alluvium doctor --base BASE_FOLDER --set trainer.finetune.recompute=true",
      "  alluvium doctor --format json",
      "",
      "Exit: 0 the system can run here, 1 something is bad. What is only missing does not count."
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--base",
      paramLabel = "DIR",
      description = "Base whose memory is looked at (default: the shipped one).")
  private @Nullable Path base;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting that up would be given (trainer.…), for what the base will need.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Machine(data.folder(), base, overrides).findings();
    findings.forEach(this::print);
    boolean bad = findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.BAD);
    return (bad ? ExitCode.FAILED : ExitCode.OK).code();
  }

  private void print(Finding finding) {
    if (format.isJson()) {
      terminal.print(finding.json());
    } else {
      terminal.print(finding.text());
    }
  }
}
