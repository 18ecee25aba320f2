package io.alluvium.cli.produce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.produce.fate.Following;
import io.alluvium.cli.produce.fate.WaitOptions;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.shape.ShapeOption;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.line.EncodingException;
import io.alluvium.trainer.line.LineSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium produce}: sends the lines of a file as examples. */
@Command(
    name = "produce",
    description = "Send examples: one JSON object per line.",
    footer = {
      "",
      "A line is {\"prompt\",\"completion\"} or {\"messages\":[{\"role\",\"content\"}]}, with optional id,",
      "adapter, eventTime, source, importance, subject, labels. A line without id gets a stable hash of its",
      "content, so that sending a file again changes nothing. A malformed line is named on standard error and",
      "left out.",
      "",
      "Messages have OpenAI's fields: weight (0: an assistant's message that is read and not learned), name,",
      "tool_calls, tool_call_id, content as text or as text parts; tools stand beside messages. Other shapes become",
      "messages too: sharegpt is {\"conversations\":[{\"from\",\"value\"}]} with optional system and tools; alpaca is",
      "{\"instruction\",\"input\",\"output\"} with optional system and history, where the user says the instruction, a",
      "line end and the input, as in LLaMA-Factory.",
      "",
      "Sent is not accepted: with --wait every record is followed until it is accepted or refused, with",
      "--trained until it is refused or in the window of a round that has ended; refusals are named by line.",
      "",
      "Examples:",
      "  alluvium produce --adapter support questions.jsonl",
      "  alluvium produce --adapter support --wait questions.jsonl",
      "  alluvium produce --trained --timeout PT10M tenants.jsonl",
      "  alluvium produce --adapter support --shape sharegpt conversations.jsonl",
      "  tail -f log.jsonl | alluvium produce --adapter support -",
      "",
      "Exit: 0 all sent (with --wait: accepted, with --trained: trained), 1 some were refused or have no fate "
          + "in time, 2 usage, 3 broker or registry unreachable."
    })
public final class ProduceCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Terminal terminal;
  private final InputStream standardInput;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final AdapterOptions adapters = new AdapterOptions();
  @Mixin private final ShapeOption shape = new ShapeOption();
  @Mixin private final WaitOptions waiting = new WaitOptions();

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
    waiting.check();
    ExampleLines parser = adapters.lines(connection.folder(), shape.shaping(file, terminal));
    try {
      long expected = Files.isRegularFile(Path.of(file)) ? LineSource.count(openFile()) : 0;
      try (LineSource lines = new LineSource(open())) {
        return send(lines, parser, expected).code();
      }
    } catch (EncodingException noLines) {
      throw unreadable(FileFault.words(noLines), noLines);
    }
  }

  private ExitCode send(LineSource lines, ExampleLines parser, long expected) throws IOException {
    Cluster cluster = connection.cluster().ensureReachable();
    Optional<Following> following = waiting.begin(cluster, terminal);
    try {
      Production production =
          new Production(parser, following, terminal, strict ? 1 : Long.MAX_VALUE);
      try (ExampleSender sender = ExampleSender.impatient(cluster);
          Progress progress = Progress.start(terminal, "produce", expected)) {
        production.sendAll(lines, sender, progress);
      }
      boolean good = following.map(Following::await).orElse(true);
      report(production, following);
      return production.refused() == 0 && good ? ExitCode.OK : ExitCode.FAILED;
    } finally {
      following.ifPresent(Following::close);
    }
  }

  private InputStream open() {
    return fromStandardInput() ? standardInput : openFile();
  }

  private InputStream openFile() {
    Path path = Path.of(file);
    if (Files.isDirectory(path)) {
      throw unreadable("it is a folder", new IOException(file));
    }
    try {
      return Files.newInputStream(path);
    } catch (IOException fault) {
      throw unreadable(FileFault.words(fault), fault);
    }
  }

  private CommandException unreadable(String why, IOException cause) {
    return CommandException.usage(
        "cannot read %s (%s): name a file of JSON lines, or - for standard input"
            .formatted(file, why),
        cause);
  }

  private boolean fromStandardInput() {
    return file.equals(STANDARD_INPUT);
  }

  private void report(Production production, Optional<Following> following) {
    if (format.isJson()) {
      ObjectNode summary = JsonNodeFactory.instance.objectNode();
      summary.put("adapter", adapters.adapter());
      summary.put("sent", production.sent()).put("refused", production.refused());
      following.ifPresent(fates -> fates.describe(summary));
      terminal.print(summary);
    } else {
      terminal.print(
          "%d examples sent for %s, %d lines refused"
              .formatted(
                  production.sent(),
                  production.learners(adapters.adapter()),
                  production.refused()));
      following.ifPresent(fates -> terminal.print(fates.text()));
    }
    if (following.isEmpty() && production.sent() > 0) {
      terminal.say(
          "sent is not accepted yet: `alluvium rejections list` shows what is refused, and --wait waits for it");
    }
  }
}
