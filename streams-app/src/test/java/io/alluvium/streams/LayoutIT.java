package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A build with other layouts takes over while records are in flight, and the way back is open. */
@ExtendWith(LocalStackExtension.class)
class LayoutIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String APPLICATION = "layout.alluvium-streams";

  /** Where all adapters of the frozen changelogs are. */
  private static final int PARTITION = 0;

  private static final int READ_EXAMPLES = 80;
  private static final int READ_SCORED = 3;

  /** Those whose entries name no schema: a registry numbers them as they come. */
  private static final Map<String, List<String>> STORES =
      Map.of(
          "dedup/exact", List.of("dedup-seen"),
          "dedup/near", List.of("dedup-near"),
          "intake", List.of("admit-clock", "weigh-clock"),
          "novelty", List.of("novelty-state"),
          "weigh", List.of("weigh-state"));

  @Test
  void whatIsInFlightGoesOnFromTheFormerLayoutAndANewerOneIsLeftAsItIs(
      LocalStack stack, @TempDir Path folder) throws Exception {
    try (Bench bench = new Bench(stack, "layout.");
        Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      formerBuild(bench, admin);
      List<String> seen = lines(bench, "dedup-seen");
      try (AppProcess app = AppProcess.start(folder, yaml(bench, folder)).awaitReady()) {
        inFlight(bench);
        await()
            .atMost(PATIENCE)
            .failFast(() -> assertThat(app.status("/health")).as(app.log()).isEqualTo(200))
            .untilAsserted(() -> assertThat(accepted(bench)).contains("e209"));
        await().atMost(PATIENCE).until(() -> !fresh(bench).isEmpty());
        assertThat(app.stop()).isZero();
        assertThat(app.log()).contains("layout.examples keeps 1000000000 bytes of a partition");
      }
      assertFates(bench);
      assertThat(layouts(bench))
          .containsEntry("dedup-examples", 1)
          .containsEntry("dedup-seen", 1)
          .containsEntry("route-waiting", 2);
      // What the former build goes on from.
      assertThat(lines(bench, "dedup-seen")).isEqualTo(seen).hasSize(160);

      newerBuild(bench, admin);
      Picture before = Picture.of(admin);
      assertRefused(folder, yaml(bench, folder));
      assertThat(Picture.of(admin)).isEqualTo(before);
    }
  }

  /** State, offsets and layouts as that build left them, and what it had read. */
  private static void formerBuild(Bench bench, Admin admin) throws Exception {
    // Its records are as old as the frozen ones, and a broker looks for what is too old.
    NewTopic examples =
        new NewTopic(bench.topics.examples().name(), bench.topics.partitions(), (short) 1);
    admin
        .createTopics(
            List.of(
                examples.configs(Map.of("retention.ms", "-1", "retention.bytes", "1000000000"))))
        .all()
        .get();
    bench.createTopics();
    for (Map.Entry<String, List<String>> room : STORES.entrySet()) {
      for (String store : room.getValue()) {
        changelog(bench, admin, store, FrozenState.entries(room.getKey(), store));
      }
    }
    createChangelog(admin, "layouts", 1, "compact");
    Stream.of("dedup-seen", "route-waiting").forEach(store -> layout(bench, store, 1, 1));
    IntStream.range(0, READ_EXAMPLES).forEach(i -> send(bench, FrozenState.example(i)));
    for (int i = 0; i < READ_SCORED; i++) {
      Topic<?> scored = bench.topics.scored();
      send(bench, scored, FrozenState.scored(i, "support", "b0"));
    }
    commit(
        admin,
        Map.of(
            bench.topics.examples(), (long) READ_EXAMPLES,
            bench.topics.scored(), (long) READ_SCORED));
  }

  private static void changelog(
      Bench bench, Admin admin, String store, List<FrozenState.Entry> entries) throws Exception {
    boolean hasWindows = store.equals("dedup-seen");
    createChangelog(
        admin, store, bench.topics.partitions(), hasWindows ? "compact,delete" : "compact");
    for (FrozenState.Entry entry : entries) {
      bench.sendNow(
          store, new ProducerRecord<>(name(store), PARTITION, null, entry.key(), entry.value()));
    }
  }

  private static void createChangelog(Admin admin, String store, int partitions, String cleanup)
      throws Exception {
    Map<String, String> settings =
        Map.of("cleanup.policy", cleanup, "message.timestamp.type", "LogAppendTime");
    admin
        .createTopics(List.of(new NewTopic(name(store), partitions, (short) 1).configs(settings)))
        .all()
        .get();
  }

  private static void commit(Admin admin, Map<Topic<?>, Long> next) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    next.forEach(
        (topic, offset) ->
            offsets.put(
                new TopicPartition(topic.name(), PARTITION), new OffsetAndMetadata(offset)));
    admin.alterConsumerGroupOffsets(APPLICATION, offsets).all().get();
  }

  /** What that build had not read: some of it known, some nearly, some new. */
  private static void inFlight(Bench bench) {
    send(bench, FrozenState.example(5));
    send(bench, Rig.example("e7", "Other words.").build());
    send(bench, Rig.example("other", FrozenState.words(8)).setPrompt("What of 8?").build());
    for (int number = 200; number < 210; number++) {
      send(bench, FrozenState.repeated(number - 150));
      send(bench, FrozenState.example(number));
    }
    bench.sendScored(List.of(FrozenState.scored(1200, "sales", "b1")));
  }

  private static void assertFates(Bench bench) {
    assertThat(accepted(bench))
        .containsExactlyElementsOf(IntStream.range(200, 210).mapToObj(i -> "e" + i).toList());
    List<String> refused = new ArrayList<>();
    refused.addAll(List.of("DUPLICATE_ID e5", "DUPLICATE_ID e7", "DUPLICATE_TEXT other"));
    IntStream.range(50, 60).forEach(number -> refused.add("DUPLICATE_NEAR again" + number));
    assertThat(bench.read(bench.topics.rejected()))
        .extracting(each -> each.getReason() + " " + each.getExampleId())
        .containsExactlyElementsOf(refused);
    assertThat(bench.read(bench.topics.rejected()).get(0).getDetail())
        .endsWith("first seen at layout.examples-0 offset 5");
    // As that build would have gone on; a state of its own begins at its first offset times 2^20.
    assertThat(fresh(bench))
        .singleElement()
        .extracting(each -> each.getTemperatureVersion())
        .isEqualTo(5L);
  }

  /** A layout that this build cannot know, and a changelog that it must not touch. */
  private static void newerBuild(Bench bench, Admin admin) throws Exception {
    NewTopic tomorrow = new NewTopic(name("tomorrow"), bench.topics.partitions(), (short) 1);
    admin
        .createTopics(List.of(tomorrow.configs(Map.of("message.timestamp.type", "CreateTime"))))
        .all()
        .get();
    admin.deleteTopics(List.of(bench.topics.acks().name())).all().get();
    layout(bench, "weigh-state", 99, 98);
  }

  private static void assertRefused(Path folder, String yaml) throws Exception {
    try (AppProcess app = AppProcess.start(folder, yaml)) {
      assertThat(app.exitCode()).isEqualTo(2);
      assertThat(app.log().lines().filter(line -> line.startsWith("streams-app: ")))
          .singleElement()
          .asString()
          .contains("store weigh-state has layout 99, this build reads 1: start the build that")
          .contains("or stop every instance, run kafka-streams-application-reset");
      assertThat(app.log()).doesNotContain("\tat ");
    }
  }

  private static String yaml(Bench bench, Path folder) {
    return bench.yaml(folder + "/state")
        + bench.kafka("")
        + "weigh: {epochExamples: 32}\nforgetAfter: P36500D\n";
  }

  private static String name(String store) {
    return APPLICATION + "-" + store + "-changelog";
  }

  private static void layout(Bench bench, String store, int version, int oldest) {
    bench.sendRaw(
        name("layouts"),
        store,
        "{\"store\":\"%s\",\"version\":%d,\"oldest\":%d,\"needs\":{}}"
            .formatted(store, version, oldest));
  }

  private static void send(Bench bench, TrainingExample example) {
    send(bench, bench.topics.examples(), example);
  }

  private static void send(Bench bench, Topic<?> topic, SpecificRecord value) {
    long timeMs = Rig.START.toEpochMilli();
    bench.sendNow(
        topic.name(),
        new ProducerRecord<>(
            topic.name(), PARTITION, timeMs, "support".getBytes(UTF_8), bench.bytes(topic, value)));
  }

  private static List<String> accepted(Bench bench) {
    return bench.read(bench.topics.accepted()).stream().map(TrainingExample::getId).toList();
  }

  private static List<WeightedExample> fresh(Bench bench) {
    return bench.read(bench.topics.training()).stream()
        .filter(each -> each.getReplayOf() == null)
        .toList();
  }

  /** The last one of each store. */
  private static Map<String, Integer> layouts(Bench bench) {
    Map<String, Integer> versions = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : bench.records(name("layouts"))) {
      String value = new String(record.value(), UTF_8);
      versions.put(
          new String(record.key(), UTF_8),
          Integer.valueOf(value.replaceAll(".*\"version\":(\\d+).*", "$1")));
    }
    return versions;
  }

  private static List<String> lines(Bench bench, String store) {
    return bench.records(name(store)).stream()
        .map(each -> each.offset() + " " + text(each.key()) + " " + text(each.value()))
        .toList();
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * All that a start could change at the broker.
   *
   * @param settings of topics by their names
   * @param ends of partitions
   * @param offsets of the application's group
   */
  private record Picture(
      Map<String, Map<String, String>> settings,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    static Picture of(Admin admin) throws Exception {
      List<String> topics =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith("layout."))
              .toList();
      return new Picture(
          settings(admin, topics),
          ends(admin, topics),
          admin.listConsumerGroupOffsets(APPLICATION).partitionsToOffsetAndMetadata().get());
    }

    private static Map<String, Map<String, String>> settings(Admin admin, List<String> topics)
        throws Exception {
      List<ConfigResource> resources =
          topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
      return admin.describeConfigs(resources).all().get().entrySet().stream()
          .collect(toMap(each -> each.getKey().name(), each -> values(each.getValue())));
    }

    private static Map<String, String> values(Config config) {
      return config.entries().stream().collect(toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<String> topics)
        throws Exception {
      Map<TopicPartition, OffsetSpec> asked =
          admin.describeTopics(topics).allTopicNames().get().values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(each -> new TopicPartition(topic.name(), each.partition())))
              .collect(toMap(identity(), partition -> OffsetSpec.latest()));
      return admin.listOffsets(asked).all().get().entrySet().stream()
          .collect(toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }
  }
}
