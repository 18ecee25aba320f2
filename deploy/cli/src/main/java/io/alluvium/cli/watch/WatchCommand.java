package io.alluvium.cli.watch;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.connect.topic.TrainingReader;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.AdapterVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium watch}: prints adapter-version events while they happen. */
@Command(
    name = "watch",
    description = "Print adapter-version events as they are published.",
    footer = {
      "",
      "How many examples an adapter without a version has for its first round is said on standard error.",
      "",
      "With --format json each event is one line with the field names of the Avro schema; times are "
          + "milliseconds since the epoch.",
      "",
      "Examples:",
      "  alluvium watch --adapter support",
      "  alluvium watch --format json --from-beginning --count 1 --timeout PT2M",
      "",
      "Exit: 0 after --count events or without --count at the timeout, 1 when --count was not reached in time."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(3);

  /**
   * Offsets of each partition of the training topic and its lanes that are looked at for who waits.
   */
  private static final long LOOKED_AT = 2_000;

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--adapter", paramLabel = "ID", description = "Only this adapter's events.")
  private @Nullable String adapter;

  @Option(names = "--from-beginning", description = "Begin with the first event ever published.")
  private boolean fromBeginning;

  @Option(names = "--count", paramLabel = "N", description = "End after this many events.")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "End after this time, for example PT90S (default: never).")
  private @Nullable Duration timeout;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public WatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Cluster cluster = connection.cluster().ensureReachable();
    FirstRounds rounds = new FirstRounds(WindowSize.of(connection.folder()), adapter);
    try (TopicReader<AdapterVersion> reader = cluster.read(cluster.topics().versions());
        TrainingReader training = cluster.readTraining()) {
      if (!fromBeginning) {
        // Read to the end in any case: who has a version already is not on the way to a first one.
        reader.rest().forEach(entry -> rounds.published(entry.value()));
      }
      return show(reader, training.fromBack(LOOKED_AT), rounds).code();
    }
  }

  private ExitCode show(
      TopicReader<AdapterVersion> reader, TrainingReader training, FirstRounds rounds) {
    Instant end = timeout == null ? Instant.MAX : Instant.now().plus(timeout);
    Instant next = Instant.now().plus(BETWEEN_NEWS);
    long left = count;
    while (left > 0 && Instant.now().isBefore(end)) {
      List<TopicReader.Entry<AdapterVersion>> entries = reader.next(STEP);
      entries.forEach(entry -> rounds.published(entry.value()));
      List<AdapterVersion> events = wanted(entries, left);
      events.forEach(this::print);
      left -= events.size();
      training.next(Duration.ZERO).forEach(rounds::arrived);
      if (Instant.now().isAfter(next)) {
        next = Instant.now().plus(BETWEEN_NEWS);
        rounds.news().forEach(terminal::say);
      }
    }
    return left == 0 || count == Long.MAX_VALUE ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<AdapterVersion> wanted(List<TopicReader.Entry<AdapterVersion>> entries, long most) {
    return entries.stream()
        .map(TopicReader.Entry::value)
        .filter(event -> adapter == null || event.getAdapter().equals(adapter))
        .limit(most)
        .toList();
  }

  private void print(AdapterVersion event) {
    if (format.isJson()) {
      terminal.print(AvroJson.of(event));
    } else {
      terminal.print(VersionText.line(event));
    }
  }
}
