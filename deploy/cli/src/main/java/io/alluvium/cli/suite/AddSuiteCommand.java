package io.alluvium.cli.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.terminal.FormatOption;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.streams.admit.suite.ItemGrams;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium suite add}. */
@Command(
    name = "add",
    description = "Refuse examples that hold an item of this file from now on.",
    footer = {
      "",
      "One JSON object a line with prompt and completion, question and answer, text, or messages. Items of "
          + "fewer than three words cannot be recognised and are left out.",
      "",
      "Examples:",
      "  alluvium suite add trainer-worker/models/alluvium-tiny/retention/facts.jsonl --name facts",
      "  alluvium suite add heldout.jsonl --name heldout --in PT1M"
    })
final class AddSuiteCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(paramLabel = "FILE", description = "The suite.")
  private Path file = Path.of("");

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What refusals call it.")
  private String name = "";

  @Option(
      names = "--in",
      paramLabel = "DURATION",
      defaultValue = "PT10S",
      description = "How long from now until it is guarded (default: ${DEFAULT-VALUE}).")
  private Duration lead = Duration.ofSeconds(10);

  @Mixin private final FormatOption format = new FormatOption();

  AddSuiteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<String> texts = SuiteLines.read(file);
    Instant from = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(lead);
    List<SuiteItem> items = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String number = Integer.toString(i + 1);
      ItemGrams.of(texts.get(i)).ifPresent(grams -> items.add(item(number, grams, from)));
    }
    SuiteWriter.write(connection.cluster().ensureReachable(), items);
    print(items.size(), texts.size() - items.size(), from);
  }

  private SuiteItem item(String number, ItemGrams grams, Instant from) {
    return SuiteItem.newBuilder()
        .setSuite(name)
        .setItem(number)
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(from)
        .build();
  }

  private void print(int added, int tooShort, Instant from) {
    if (format.isJson()) {
      terminal.print(
          JsonNodeFactory.instance
              .objectNode()
              .put("suite", name)
              .put("items", added)
              .put("tooShort", tooShort)
              .put("effectiveFrom", from.toEpochMilli()));
    } else {
      terminal.print(
          "%s: %d items guarded from %s, %d too short to recognise"
              .formatted(name, added, from, tooShort));
    }
  }
}
