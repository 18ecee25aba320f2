package io.alluvium.cli.explain;

import io.alluvium.cli.adapters.AdapterName;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.explain.recall.EventLog;
import io.alluvium.cli.explain.recall.RecordLog;
import io.alluvium.cli.explain.recall.TrainerFile;
import io.alluvium.cli.explain.version.Chain;
import io.alluvium.cli.explain.version.VersionStory;
import io.alluvium.cli.explain.version.VersionStoryJson;
import io.alluvium.cli.explain.version.VersionStoryText;
import io.alluvium.cli.explain.version.WindowMix;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.claim.recall.Entry;
import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium explain version}. */
@Command(
    name = "version",
    description = "What a version was made of: its chain, its window's mix, its verdict, samples.",
    footer = {
      "",
      "Samples are held-out records of its window, with the losses that were stamped on them before: under the base, and "
          + "under the version that was served when they were scored. Texts are read from the log, as far as it keeps them.",
      "",
      "Examples:",
      "  alluvium explain version support@3",
      "  alluvium explain version support --samples 10",
      "  alluvium explain version support@3 --trainer trainer-worker.yaml --format json",
      "",
      "Exit: 0 explained, 1 there is no such version."
    })
final class ExplainVersionCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final IndexOption index = new IndexOption();
  @Mixin private final TrainerOption trainer = new TrainerOption();
  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(paramLabel = "ID[@V]", description = "The adapter and its version, or its newest.")
  private String name = "";

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "3",
      description = "Held-out records to show (default: ${DEFAULT-VALUE}).")
  private int samples;

  ExplainVersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    AdapterName wanted = AdapterName.parse(name);
    CommandException.require(samples >= 0, "--samples is %d, must be 0 or more".formatted(samples));
    Cluster cluster = connection.cluster().ensureReachable();
    TrainerFile file = trainer.file(connection.folder());
    try (ExplainIndex open = index.open(cluster, terminal);
        EventLog events = new EventLog(cluster)) {
      SortedMap<Long, Long> offsets = known(wanted, open.events(wanted.id()));
      List<AdapterVersion> all = events.at(offsets.values());
      AdapterVersion event = all.get(all.size() - 1);
      print(story(cluster, open, Chain.of(event, all), file));
    }
  }

  /** Offsets of the events up to the one that is meant. */
  private static SortedMap<Long, Long> known(AdapterName wanted, SortedMap<Long, Long> offsets) {
    if (offsets.isEmpty()) {
      throw CommandException.failed(
          "no adapter \"%s\" has a version yet: `alluvium adapters list` shows those that have"
              .formatted(wanted.id()));
    }
    long version = wanted.version() == null ? offsets.lastKey() : wanted.version();
    if (!offsets.containsKey(version)) {
      throw CommandException.failed(
          "adapter \"%s\" has no version %d: its newest is %d"
              .formatted(wanted.id(), version, offsets.lastKey()));
    }
    return offsets.headMap(version + 1);
  }

  private VersionStory story(Cluster cluster, ExplainIndex open, Chain chain, TrainerFile file) {
    AdapterVersion event = chain.links().get(0);
    WindowOf window = WindowOf.of(event);
    List<TrainingRecord> records = open.records(window);
    try (RecordLog log = new RecordLog(cluster, window.first().topic())) {
      List<Long> offsets = records.stream().map(TrainingRecord::offset).toList();
      List<Entry> read = log.at(window.adapter(), window.first(), offsets);
      return new VersionStory(
          chain,
          WindowMix.of(records, read.stream().map(Entry::sent).toList()),
          read.stream()
              .filter(entry -> event.getHeldOut().contains(entry.raw().offset()))
              .limit(samples)
              .toList(),
          file.of(event).map(config -> config.finetune()));
    }
  }

  private void print(VersionStory story) {
    if (format.isJson()) {
      terminal.print(VersionStoryJson.of(story));
    } else {
      VersionStoryText.lines(story).forEach(terminal::print);
    }
  }
}
