package io.alluvium.trainer.rederive;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.registry.AvroSerdes;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.trainer.claim.LogReader;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.claim.recall.Shelf;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.publish.order.Orders;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.train.round.TrainModel;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does rounds again: the plan comes from the log as it was then, the rest is the training role's
 * own. Everything besides the plan that a version depends on is in the configuration, whose digest
 * is the caller's to compare.
 */
public final class Rederivation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rederivation.class);

  private final TrainerConfig config;
  private final Sources sources;
  private final TrainModel model;
  private final Recall recall;

  /** Events whose folders were made again, by version. */
  private final Map<Long, AdapterVersion> madeAgain = new HashMap<>();

  /**
   * Opens base, suites and anchors.
   *
   * @param config settings of the version, but for a store of its own
   * @param topicNames names of the cluster's topics, lanes among them
   * @throws IOException when the base or the anchors cannot be read
   */
  public Rederivation(TrainerConfig config, Collection<String> topicNames) throws IOException {
    Topic<WeightedExample> training = new Topics(config.topicPrefix(), 1).training();
    Sources found = Sources.of(training.name());
    found.learn(topicNames);
    this.config = config;
    this.sources = found;
    this.model = new TrainModel(config, made -> {});
    Shelf shelf = new Shelf(config.readAhead().bytes());
    this.recall =
        new Recall(
            () -> OffsetReader.open(config.kafka(), found, shelf, config.patience()),
            new RecordReader<>(
                new AvroSerdes(config.registry()).deserializer(training), config.patience()));
  }

  /**
   * Does a version's round again. A folder that it needs and that is gone is made again first: its
   * bytes are those of its event, or it is none.
   *
   * @param event the version's
   * @param before all events of its adapter before it, oldest first, with folders as they can be
   *     read here
   * @throws UnderivableException when records are missing, or folders that cannot be made again, or
   *     the event is a rollback's, which no round made
   */
  public RoundOutcome of(AdapterVersion event, List<AdapterVersion> before) {
    if (event.getOutcome() == Outcome.ROLLED_BACK) {
      throw new UnderivableException(
          "it is version %d again: name that".formatted(event.getParentVersion()));
    }
    AdapterLine line = line(event.getAdapter(), withFolders(event.getAdapter(), before));
    OffsetRange range = event.getWindow();
    int partition = Sources.number(range.getTopic(), range.getPartition());
    Window window =
        new Window(partition, event.getAdapter(), offsets(event, partition), Window.Cause.FULL);
    RoundPlan plan = new RoundPlan(window, line, erasures(event));
    return TensorThread.result(model.run(plan, recall, () -> false)).orElseThrow();
  }

  /** What orders to erase meant when the round was done, and nothing that was ordered since. */
  private Erasures erasures(AdapterVersion event) {
    if (event.getErasedBelow() == 0) {
      return Erasures.NONE;
    }
    Orders orders = new Orders();
    Topic<AdapterCommand> topic = new Topics(config.topicPrefix(), 1).commands();
    AvroSerdes serdes = new AvroSerdes(config.registry());
    try (LogReader<AdapterCommand> log =
        new LogReader<>(
            config.kafka(),
            topic,
            new RecordReader<>(serdes.deserializer(topic), config.patience()))) {
      log.catchUpPlaced(orders::take);
    }
    return orders.erasures(event.getAdapter(), event.getErasedBelow());
  }

  private AdapterLine line(String adapter, List<AdapterVersion> events) {
    Lineage lineage = new Lineage(sources);
    events.forEach(lineage::take);
    return lineage.line(adapter);
  }

  /** What a round reads is the released version and the head. */
  private List<AdapterVersion> withFolders(String adapter, List<AdapterVersion> events) {
    AdapterLine line = line(adapter, events);
    List<AdapterVersion> whole = new ArrayList<>(events);
    Stream.of(Optional.ofNullable(line.champion()), Optional.ofNullable(line.head()))
        .flatMap(Optional::stream)
        .forEach(named -> makeWhole(whole, place(events, named.getVersion())));
    return whole;
  }

  /** After a rollback the champion is what that event says, under the release's own number. */
  private static int place(List<AdapterVersion> events, long version) {
    return IntStream.range(0, events.size())
        .filter(at -> events.get(at).getVersion() == version)
        .findFirst()
        .orElseThrow();
  }

  /** Rollbacks name the release's folder too. */
  private void makeWhole(List<AdapterVersion> events, int at) {
    AdapterVersion event = events.get(at);
    AdapterVersion whole = withFolder(event, List.copyOf(events.subList(0, at)));
    events.replaceAll(
        other ->
            other.getOutcome() == Outcome.ROLLED_BACK
                    && Objects.equals(other.getParentVersion(), event.getVersion())
                ? AdapterVersion.newBuilder(other).setArtifact(whole.getArtifact()).build()
                : other);
    events.set(at, whole);
  }

  private AdapterVersion withFolder(AdapterVersion event, List<AdapterVersion> before) {
    Artifact folder = folder(event);
    if (Files.isDirectory(Path.of(URI.create(folder.getUri())))) {
      return event;
    }
    AdapterVersion known = madeAgain.get(event.getVersion());
    if (known != null) {
      return known;
    }
    LOG.info("{} is gone: version {} is made again", folder.getUri(), event.getVersion());
    Artifact again =
        of(event, before).folders().named().stream()
            .filter(made -> made.getFiles().equals(folder.getFiles()))
            .findFirst()
            .orElseThrow(() -> new UnderivableException(gone(event, folder)));
    AdapterVersion whole =
        AdapterVersion.newBuilder(event)
            .setArtifact(event.getArtifact() == null ? null : again)
            .setHead(event.getHead() == null ? null : again)
            .build();
    madeAgain.put(event.getVersion(), whole);
    return whole;
  }

  private static Artifact folder(AdapterVersion event) {
    Artifact released = event.getArtifact();
    return Objects.requireNonNull(
        released == null ? event.getHead() : released, "a released version or a head has a folder");
  }

  private static String gone(AdapterVersion event, Artifact folder) {
    return "the folder of %s@%d, which it was trained from or held against, is gone (%s), and made again it is another"
        .formatted(event.getAdapter(), event.getVersion(), folder.getUri());
  }

  private List<Long> offsets(AdapterVersion event, int partition) {
    WindowScan.Found found = new WindowScan(config.kafka()).of(event);
    List<Long> offsets =
        recall.read(event.getAdapter(), partition, found.offsets()).stream()
            .map(Entry::raw)
            .map(raw -> raw.offset())
            .toList();
    Counts counts = event.getCounts();
    long expected = counts.getExamples() + counts.getRejected();
    if (offsets.size() != expected) {
      throw new UnderivableException(missing(event, found.begin(), offsets.size()));
    }
    return offsets;
  }

  private static String missing(AdapterVersion event, long begin, int there) {
    OffsetRange range = event.getWindow();
    String log = range.getTopic() + "-" + range.getPartition();
    long expected = event.getCounts().getExamples() + event.getCounts().getRejected();
    return begin > range.getFirstOffset()
        ? "records are past retention: %s begins at offset %d now, the window was [%d, %d)"
            .formatted(log, begin, range.getFirstOffset(), range.getNextOffset())
        : "%s holds %d records of %s in [%d, %d), the event counts %d"
            .formatted(
                log,
                there,
                event.getAdapter(),
                range.getFirstOffset(),
                range.getNextOffset(),
                expected);
  }

  @Override
  public void close() {
    model.closeAfterRounds(recall);
    model.close();
  }
}
