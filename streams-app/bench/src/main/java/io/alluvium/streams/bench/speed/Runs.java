package io.alluvium.streams.bench.speed;

import io.alluvium.streams.ExampleTopology;
import io.alluvium.streams.bench.speed.StreamsBench.Place;
import io.alluvium.streams.bench.speed.StreamsBench.Point;
import io.alluvium.streams.bench.speed.StreamsBench.Result;
import io.alluvium.streams.bench.speed.load.TopicFiller;
import io.alluvium.streams.bench.speed.load.Workload;
import io.alluvium.streams.bench.speed.measure.AcknowledgedRecords;
import io.alluvium.streams.bench.speed.measure.Measure;
import io.alluvium.streams.bench.speed.measure.Progress;
import io.alluvium.streams.bench.speed.measure.ProgressWatch;
import io.alluvium.streams.bench.speed.measure.ThreadShares;
import io.alluvium.streams.config.ConfigFile;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.run.StreamsSettings;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.watch.Watch;
import io.alluvium.streams.wire.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/** Runs topologies over topics that were filled before, and takes the time of the later part. */
final class Runs {
  private static final String PASS_THROUGH = "pass-through";
  private static final String ALL_ROOMS = "all rooms";

  /** Before this share of the records stores and buffers are still being made. */
  private static final double COUNTED_FROM = 0.25;

  /** After this share one stream thread may have come to its end. */
  private static final double COUNTED_TO = 0.9;

  /** A service that runs for months has compiled everything; so nearly should this. */
  private static final double COMPILED = 0.05;

  private static final long DEFAULT_WRITE_BUFFERS = 16L << 20;
  private static final long WRITE_BUFFERS_OF_A_PARTITION = 1L << 20;
  private static final int MOST_WARM_UP_TURNS = 6;

  private final Place place;
  private final Progress progress;
  private int loads;
  private int runs;
  private @Nullable Filled last;

  Runs(Place place, Progress progress) {
    this.place = place;
    this.progress = progress;
  }

  /** Both in turn until the compilers have little left to do. */
  void warmUp(Point point, int records) throws IOException {
    Filled filled = filled(point, records);
    double compilers = 1;
    for (int turn = 0; turn < MOST_WARM_UP_TURNS && compilers > COMPILED; turn++) {
      measured(filled, PASS_THROUGH);
      compilers = measured(filled, ALL_ROOMS).measure.compilerShare();
    }
  }

  /** Pass-through and all rooms in turn; the middle of each. */
  List<Result> pair(Point point, int records, int turns) throws IOException {
    Filled filled = filled(point, records);
    List<Run> plain = new ArrayList<>();
    List<Run> rooms = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      plain.add(measured(filled, PASS_THROUGH));
      rooms.add(measured(filled, ALL_ROOMS));
    }
    Run base = middle(plain);
    return List.of(
        result(PASS_THROUGH, point, base, base.measure),
        result(ALL_ROOMS, point, middle(rooms), base.measure));
  }

  /**
   * One application's life.
   *
   * @param startSeconds until it was running
   * @param lagSeconds of a look at what waits
   */
  private record Run(Measure measure, double startSeconds, double lagSeconds) {
    double perSecond() {
      return measure.perSecond();
    }
  }

  private static Run middle(List<Run> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Run::perSecond))
        .toList()
        .get(runs.size() / 2);
  }

  private static Result result(String what, Point point, Run run, Measure base) {
    Measure measure = run.measure;
    return new Result(
        what + ", " + point,
        measure.perSecond(),
        measure.perCpuSecond(),
        measure.perSecond() / base.perSecond(),
        measure.compilerShare(),
        measure.heapBytes(),
        measure.residentBytes(),
        run.startSeconds(),
        measure.openFiles(),
        run.lagSeconds());
  }

  /** Topics with something in them, and how an application reads them. */
  private record Filled(Point point, int records, StreamsAppConfig config) {}

  private Filled filled(Point point, int records) throws IOException {
    Filled before = last;
    if (before != null && before.point.equals(point) && before.records == records) {
      return before;
    }
    Filled filled = fill(point, records);
    last = filled;
    return filled;
  }

  private Filled fill(Point point, int records) throws IOException {
    String prefix = "bench" + loads++ + ".";
    StreamsAppConfig config = config(prefix, point);
    progress.say("filling topics: 2 x %d records, %s", records, point);
    new TopicFiller(config).fill(new Workload(records, point.bytes(), point.adapters()));
    return new Filled(point, records, config);
  }

  private Run measured(Filled filled, String what) throws IOException {
    StreamsAppConfig config = filled.config;
    Path stores = Files.createTempDirectory(place.folder(), "stores");
    // An application of its own for each run: it reads the topics from the beginning.
    StreamsConfig settings =
        StreamsSettings.of(
            config.applicationId() + "-" + runs++, stores, config.kafka(), config.rocksdb());
    AcknowledgedRecords.restart();
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    try (KafkaStreams streams = new KafkaStreams(topology(what, config, settings), settings)) {
      streams.setUncaughtExceptionHandler(
          failure -> {
            stopped.completeExceptionally(
                new IllegalStateException(what + " stopped by itself", failure));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      StartupTime started = StartupTime.of(streams);
      streams.start();
      double startSeconds = started.await(stopped);
      Measure measure =
          timed(new ProgressWatch(what + ", " + filled.point, progress, stopped), filled);
      progress.say("%s, %s: %s", what, filled.point, measure.line());
      progress.say("%s", ThreadShares.of(streams));
      Run run = new Run(measure, startSeconds, new LagQueryTime(settings, config).seconds());
      progress.say("started in %.1f s, a look at lag %.2f s", run.startSeconds, run.lagSeconds);
      return run;
    }
  }

  private static Topology topology(String what, StreamsAppConfig config, StreamsConfig settings) {
    Watch watch = new Watch(new SimpleMeterRegistry(), 0);
    Stage stages = new Stage("", "bench", watch, new PolicyBook(config.policies()));
    Wire wire = new Wire(config.registry(), config.patience());
    return what.equals(PASS_THROUGH)
        ? new PassThrough(config.topics(), wire, stages).build(settings)
        : new ExampleTopology(config, wire, stages).build(settings);
  }

  private static Measure timed(ProgressWatch awaited, Filled filled) {
    long all = 2L * filled.records;
    awaited.reach((long) (all * COUNTED_FROM), all);
    long before = AcknowledgedRecords.count();
    Measure.Clocks began = Measure.Clocks.now();
    awaited.reach((long) (all * COUNTED_TO), all);
    long counted = AcknowledgedRecords.count() - before;
    Measure.Clocks ended = Measure.Clocks.now();
    awaited.reach(all, all);
    return Measure.between(began, ended, counted);
  }

  /** Without replays, so that either topology writes one record for each that it reads. */
  private StreamsAppConfig config(String prefix, Point point) throws IOException {
    return ConfigFile.read(
        Files.writeString(
            place.folder().resolve(prefix + "yaml"),
            """
            topicPrefix: "%s"
            partitions: %d
            kafka: {bootstrap.servers: "%s", num.stream.threads: 2, producer.interceptor.classes: %s%s}
            registry: {schema.registry.url: "%s"}
            stateDir: %s
            rocksdb: {cacheBytes: %d, writeBuffersBytes: %d}
            dedup: {near: {examples: %d}}
            replay: {share: 0}
            """
                .formatted(
                    prefix,
                    point.partitions(),
                    place.broker(),
                    AcknowledgedRecords.class.getName(),
                    more(),
                    place.registry(),
                    place.folder(),
                    2 * writeBuffersBytes(point),
                    writeBuffersBytes(point),
                    point.window())));
  }

  /** As REFERENCE.md says: the default, or more where there are many partitions. */
  private static long writeBuffersBytes(Point point) {
    return Math.max(DEFAULT_WRITE_BUFFERS, point.partitions() * WRITE_BUFFERS_OF_A_PARTITION);
  }

  private String more() {
    return place.kafka().entrySet().stream()
        .map(each -> ", %s: \"%s\"".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining());
  }
}
