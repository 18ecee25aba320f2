package io.alluvium.cli.explain;

import static java.util.stream.Collectors.joining;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.explain.recall.EventLog;
import io.alluvium.cli.explain.recall.TrainerFile;
import io.alluvium.cli.explain.record.RecordStory;
import io.alluvium.cli.explain.record.StoryJson;
import io.alluvium.cli.explain.record.StoryText;
import io.alluvium.cli.explain.record.Storyteller;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.AdapterVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium explain record}. */
@Command(
    name = "record",
    description = "What became of one example: refused, scored, weighed, trained on, held out.",
    footer = {
      "",
      "The first call reads all topics into a local index, which takes a while where there is much; later calls read "
          + "what is new. The index holds ids, offsets, codes and numbers, no texts, and keeps what retention removes.",
      "",
      "Epochs are told where the trainer's configuration is at hand and its digest is that of the version.",
      "",
      "Examples:",
      "  alluvium explain record 430fb1b4ac43316eca81fab27a1930ab",
      "  alluvium explain record q-17 --adapter support --format json",
      "  alluvium explain record q-17 --index index --trainer trainer-worker.yaml",
      "",
      "Exit: 0 explained, 1 no topic has such a record."
    })
final class ExplainRecordCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final IndexOption index = new IndexOption();
  @Mixin private final TrainerOption trainer = new TrainerOption();
  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(paramLabel = "ID", description = "The example's id.")
  private String id = "";

  @Option(names = "--adapter", paramLabel = "ID", description = "Only this adapter's.")
  private @Nullable String adapter;

  ExplainRecordCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Cluster cluster = connection.cluster().ensureReachable();
    TrainerFile file = trainer.file(connection.folder());
    try (ExplainIndex open = index.open(cluster, terminal);
        EventLog events = new EventLog(cluster)) {
      List<RecordStory> stories = new Storyteller(open, events::at).of(id, adapter);
      if (stories.isEmpty()) {
        throw unknown(open);
      }
      stories.forEach(story -> print(story, file));
    }
  }

  private void print(RecordStory story, TrainerFile file) {
    if (format.isJson()) {
      terminal.print(new StoryJson(event -> epochs(file, event)).of(story));
    } else {
      new StoryText(event -> epochs(file, event)).lines(story).forEach(terminal::print);
    }
  }

  private static Optional<Integer> epochs(TrainerFile file, AdapterVersion event) {
    return file.of(event).map(config -> config.finetune().epochs());
  }

  private CommandException unknown(ExplainIndex open) {
    return CommandException.failed(
        "no record \"%s\"%s in %s: check the id, or --topic-prefix"
            .formatted(
                id,
                adapter == null ? "" : " of adapter " + adapter,
                open.since().entrySet().stream()
                    .map(topic -> "%s (since %s)".formatted(topic.getKey(), topic.getValue()))
                    .collect(joining(", "))));
  }
}
