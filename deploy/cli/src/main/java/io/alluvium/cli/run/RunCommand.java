package io.alluvium.cli.run;

import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.terminal.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium run}: a role in the foreground, as a supervisor of one's own wants it. */
@Command(
    name = "run",
    description = "Run streams-app or a role of the worker in the foreground.",
    footer = {
      "",
      "For a cluster of your own and a supervisor of your own; `alluvium up` starts all of them on this machine. The "
          + "process becomes the role: signals reach it, its log goes to standard output, its exit code is that of "
          + "the command. `alluvium up` writes complete configuration files under DATA/config, which may be copied.",
      "",
      "Examples:",
      "  alluvium run streams --config streams-app.yaml",
      "  alluvium run score --config trainer-worker.yaml",
      "  alluvium run train --config trainer-worker.yaml --jvm=-Xmx8g --jvm=-XX:+UseG1GC",
      "",
      "Exit: 0 stopped in order, 1 unexpected failure, 2 usage or configuration, 3 broker or registry unreachable."
    })
public final class RunCommand implements Runnable {
  /** The launcher names a file here and becomes what stands in it afterwards. */
  private static final String HANDOVER = "ALLUVIUM_EXEC";

  private final Map<String, String> environment;

  @Parameters(paramLabel = "ROLE", description = "${COMPLETION-CANDIDATES}.")
  private Role role = Role.streams;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Its configuration, YAML.")
  private Path config = Path.of("");

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "Further option of its JVM, such as --jvm=-Xmx8g. Repeatable.")
  private final List<String> options = new ArrayList<>();

  /** Hands over to who set the environment. */
  public RunCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public void run() {
    if (!Files.isRegularFile(config)) {
      throw CommandException.usage(
          "no file %s: name the configuration of the role with --config".formatted(config));
    }
    String handover = environment.getOrDefault(HANDOVER, "");
    if (handover.isEmpty()) {
      throw CommandException.usage(
          "run works through deploy/alluvium only, which becomes the role");
    }
    LocalSystem.explained(
        () -> {
          role.program(config.toAbsolutePath().normalize(), options).writeTo(Path.of(handover));
          return role;
        });
  }
}
