package io.alluvium.cli.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.produce.shape.ShapeOption;
import io.alluvium.cli.suite.item.SuiteLines;
import io.alluvium.cli.suite.item.SuiteWriter;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.ItemGrams;
import io.alluvium.schemas.suite.SuiteGrams;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "One JSON object a line with prompt and completion, question and answer, text, or messages, or in another "
          + "shape of produce. A line that is none is named on standard error and left out. Items of fewer than "
          + "three words cannot be recognised and are left out too, and so are those that have no words of their own "
          + "beside what many items of the file share: that is the form of a task, which examples may have.",
      "",
      "Exit: 0 all lines read, 1 some were no items and are not guarded, 2 usage, 3 broker or registry unreachable.",
      "",
      "Examples:",
      "  alluvium suite add trainer-worker/models/alluvium-tiny/retention/facts.jsonl --name facts",
      "  alluvium suite add heldout.jsonl --name heldout --in PT1M"
    })
final class AddSuiteCommand implements Callable<Integer> {
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

  @Mixin private final ShapeOption shape = new ShapeOption();

  @Mixin private final FormatOption format = new FormatOption();

  AddSuiteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> refused = new ArrayList<>();
    List<SuiteLines.Item> lines =
        new SuiteLines(shape.shaping(file.toString(), terminal), refused::add).read(file);
    refused.forEach(terminal::say);
    Instant from = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(lead);
    List<Optional<ItemGrams>> known =
        SuiteGrams.of(lines.stream().map(SuiteLines.Item::text).toList());
    List<SuiteItem> items = new ArrayList<>();
    for (int place = 0; place < lines.size(); place++) {
      String number = Long.toString(lines.get(place).number());
      known.get(place).ifPresent(grams -> items.add(item(number, grams, from)));
    }
    SuiteWriter.write(connection.cluster().ensureReachable(), items);
    print(new Sum(items.size(), lines.size() - items.size(), refused.size()), from);
    return refused.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  private record Sum(int added, int tooShort, int refused) {}

  private SuiteItem item(String number, ItemGrams grams, Instant from) {
    return SuiteItem.newBuilder()
        .setSuite(name)
        .setItem(number)
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(from)
        .build();
  }

  private void print(Sum sum, Instant from) {
    if (format.isJson()) {
      terminal.print(
          JsonNodeFactory.instance
              .objectNode()
              .put("suite", name)
              .put("items", sum.added)
              .put("tooShort", sum.tooShort)
              .put("refused", sum.refused)
              .put("effectiveFrom", from.toEpochMilli()));
    } else {
      terminal.print(
          "%s: %d items guarded from %s, %d too short or too much alike to recognise"
              .formatted(name, sum.added, from, sum.tooShort));
    }
  }
}
