package io.alluvium.cli.doctor;

import io.alluvium.cli.connect.folder.DataOptions;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.local.option.SettingsOption;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium doctor}: looks at the machine. */
@Command(
    name = "doctor",
    description =
        "Check JDK, Maven, tensor engine, base and its memory, data directory, disk, own processes, ports and tools.",
    footer = {
      "",
      "Examples:",
      "  alluvium doctor",
      "  alluvium doctor --base BASE_FOLDER --set trainer.finetune.gradientCheckpointing=true",
      "  alluvium doctor --format json",
      "",
      "Exit: 0 the system can run here, 1 something is bad. What is only missing does not count."
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DataOptions data = new DataOptions();

  @Mixin private final BaseOption base = new BaseOption();

  @Mixin private final SettingsOption settings = new SettingsOption();

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Finding> findings =
        new Machine(data.folder(), base.folder(), settings.overrides()).findings();
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
