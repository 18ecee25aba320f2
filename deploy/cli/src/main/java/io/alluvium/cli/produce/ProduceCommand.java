package io.alluvium.cli.produce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.FormatOption;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium produce}: sends the lines of a file as examples of one adapter. */
@Command(
    name = "produce",
    description = "Send examples: one JSON object per line.",
    footer = {
      "",
      "A line is {\"prompt\",\"completion\"} or {\"messages\":[{\"role\",\"content\"}]}, with optional id,",
      "eventTime, source, importance, subject, labels. A line without id gets a stable hash of its content,",
      "so that sending a file again changes nothing. A malformed line is named on standard error and left out.",
      "",
      "Examples:",
      "  alluvium produce --adapter support questions.jsonl",
      "  tail -f log.jsonl | alluvium produce --adapter support -",
      "",
      "Exit: 0 all sent, 1 some lines were refused, 2 usage, 3 broker or registry unreachable."
    })
public final class ProduceCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Terminal terminal;
  private final InputStream standardInput;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--adapter",
      paramLabel = "ID",
      required = true,
      description = "Adapter that learns from the examples.")
  private String adapter = "";

  @Option(names = "--strict", description = "Stop at the first line that is refused.")
  private boolean strict;

  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(paramLabel = "FILE.jsonl|-", description = "The file, or - for standard input.")
  private String file = "";

  /** Speaks to a terminal and reads standard input when asked to. */
  public ProduceCommand(Terminal terminal, InputStream standardInput) {
    this.terminal = terminal;
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() throws IOException {
    if (adapter.isBlank()) {
      throw CommandException.usage("--adapter is empty: name the adapter that is to learn");
    }
    try (LineSource lines = new LineSource(open());
        ExampleSender sender = new ExampleSender(reachable());
        Progress progress = Progress.start(terminal, "produce", expectedLines())) {
      Production production =
          new Production(new ExampleLines(adapter), sender, terminal, strict ? 1 : Long.MAX_VALUE);
      production.sendAll(lines, progress);
      report(production);
      return production.refused() == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
  }

  private Cluster reachable() {
    return connection.cluster().ensureReachable();
  }

  private InputStream open() {
    try {
      return fromStandardInput() ? standardInput : Files.newInputStream(Path.of(file));
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): name a file of JSON lines, or - for standard input"
              .formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }

  private boolean fromStandardInput() {
    return file.equals(STANDARD_INPUT);
  }

  private long expectedLines() throws IOException {
    if (fromStandardInput()) {
      return 0;
    }
    try (LineSource lines = new LineSource(Files.newInputStream(Path.of(file)))) {
      long count = 0;
      while (lines.next() != null) {
        count++;
      }
      return count;
    }
  }

  private void report(Production production) {
    if (format.isJson()) {
      ObjectNode summary = JsonNodeFactory.instance.objectNode();
      summary.put("adapter", adapter);
      summary.put("sent", production.sent()).put("refused", production.refused());
      terminal.print(summary);
    } else {
      terminal.print(
          "%d examples sent for %s, %d lines refused"
              .formatted(production.sent(), adapter, production.refused()));
    }
  }
}
