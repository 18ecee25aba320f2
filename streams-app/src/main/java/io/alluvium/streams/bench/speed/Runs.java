package io.alluvium.streams.bench.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.alluvium.schemas.AvroSerdes;
import io.alluvium.schemas.Topic;
import io.alluvium.schemas.TopicSetup;
import io.alluvium.schemas.Topics;
import io.alluvium.streams.ConfigFile;
import io.alluvium.streams.ExampleTopology;
import io.alluvium.streams.StreamsAppConfig;
import io.alluvium.streams.bench.speed.StreamsBench.Place;
import io.alluvium.streams.bench.speed.StreamsBench.Result;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.run.StreamsSettings;
import io.alluvium.streams.watch.Watch;
import io.alluvium.streams.wire.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Runs a topology over topics that were filled before, and takes the time of the later part. */
final class Runs {
  private static final String PASS_THROUGH = "pass-through";
  private static final String ALL_ROOMS = "all rooms";

  /** Before this share of the records compilers and buffers are still warming up. */
  private static final double NOT_COUNTED = 0.25;

  private static final double NANOS = 1e9;

  private final Place place;
  private int runs;

  Runs(Place place) {
    this.place = place;
  }

  /** Both once, for the compiler. */
  void warmUp(Workload load) throws IOException {
    run(load, 256, PASS_THROUGH);
    run(load, 256, ALL_ROOMS);
  }

  /** Pass-through and all rooms in turn; the middle of each. */
  List<Result> pair(Workload load, int window, int turns) throws IOException {
    List<Rate> plain = new ArrayList<>();
    List<Rate> rooms = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      plain.add(run(load, window, PASS_THROUGH));
      rooms.add(run(load, window, ALL_ROOMS));
    }
    Rate base = middle(plain);
    return List.of(
        result(PASS_THROUGH, load, window, base, base),
        result(ALL_ROOMS, load, window, middle(rooms), base));
  }

  /**
   * How fast.
   *
   * @param perSecond records per second
   * @param perCpuSecond records per second of processor time of this process
   */
  private record Rate(double perSecond, double perCpuSecond) {}

  private static Rate middle(List<Rate> rates) {
    return rates.stream()
        .sorted(Comparator.comparingDouble(Rate::perSecond))
        .toList()
        .get(rates.size() / 2);
  }

  private static Result result(String what, Workload load, int window, Rate rate, Rate base) {
    return new Result(
        "%s, %d B, %d adapters, window %d".formatted(what, load.bytes(), load.adapters(), window),
        rate.perSecond,
        rate.perCpuSecond,
        rate.perSecond / base.perSecond);
  }

  private Rate run(Workload load, int window, String what) throws IOException {
    String prefix = "bench" + runs++ + ".";
    StreamsAppConfig config = config(prefix, window);
    fill(config, load);
    StreamsConfig settings =
        StreamsSettings.of(config.applicationId(), config.stateDir(), config.kafka());
    Watch watch = new Watch(new SimpleMeterRegistry(), 0);
    Stage stages = new Stage("", "bench", watch, new PolicyBook(config.policies()));
    Wire wire = new Wire(config.registry(), config.patience());
    boolean plain = what.equals(PASS_THROUGH);
    Acknowledged.restart();
    Topology topology =
        plain
            ? new PassThrough(config.topics(), wire, stages).build(settings)
            : new ExampleTopology(config, wire, stages).build(settings);
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    try (KafkaStreams streams = new KafkaStreams(topology, settings)) {
      streams.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
              stopped.completeExceptionally(new IllegalStateException(what + " stopped by itself"));
            }
          });
      streams.start();
      return timed(2L * load.records(), stopped);
    }
  }

  private static Rate timed(long all, CompletableFuture<Void> stopped) {
    await((long) (all * NOT_COUNTED), stopped);
    long before = Acknowledged.count();
    long beganNs = System.nanoTime();
    long cpuNs = cpuNs();
    await(all, stopped);
    double records = Acknowledged.count() - before;
    return new Rate(
        records * NANOS / (System.nanoTime() - beganNs), records * NANOS / (cpuNs() - cpuNs));
  }

  private static void await(long records, CompletableFuture<Void> stopped) {
    CompletableFuture.anyOf(Acknowledged.reaching(records), stopped).join();
  }

  private static long cpuNs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private StreamsAppConfig config(String prefix, int window) throws IOException {
    Path stores = Files.createTempDirectory(place.folder(), "stores");
    return ConfigFile.read(
        Files.writeString(
            place.folder().resolve(prefix + "yaml"),
            """
            topicPrefix: "%s"
            partitions: 2
            kafka: {bootstrap.servers: "%s", num.stream.threads: 2, producer.interceptor.classes: %s}
            registry: {schema.registry.url: "%s"}
            stateDir: %s
            weigh: {epochExamples: %d}
            route: {window: %d}
            """
                .formatted(
                    prefix,
                    place.broker(),
                    Acknowledged.class.getName(),
                    place.registry(),
                    stores,
                    window,
                    window)));
  }

  private void fill(StreamsAppConfig config, Workload load) {
    Topics topics = config.topics();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", place.broker(), "linger.ms", 20, "batch.size", 200_000);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.broker()));
        Serializer<SpecificRecord> serializer = new AvroSerdes(config.registry()).serializer();
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicSetup.ensure(admin, config.allTopics());
      send(
          producer,
          load,
          topics.examples(),
          i -> value(serializer, topics.examples(), load.example(i)));
      send(
          producer, load, topics.scored(), i -> value(serializer, topics.scored(), load.scored(i)));
    }
  }

  private static byte[] value(
      Serializer<SpecificRecord> serializer, Topic<?> topic, SpecificRecord record) {
    return serializer.serialize(topic.name(), record);
  }

  private static void send(
      Producer<byte[], byte[]> producer, Workload load, Topic<?> topic, IntFunction<byte[]> value) {
    for (int i = 0; i < load.records(); i++) {
      // Flushed before it is measured; what is lost would be waited for in vain.
      var unused =
          producer.send(
              new ProducerRecord<>(topic.name(), load.adapter(i).getBytes(UTF_8), value.apply(i)));
    }
    producer.flush();
  }
}
