package io.alluvium.cli.order.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.cli.RunningSystem;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import io.alluvium.trainer.publish.order.Flags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure topics are read to their ends, and nothing new tells of who was erased. */
class ErasureIT {
  private static final String ADAPTER = "--adapter=support";

  /** In the subject's name and in the text of each of the subject's examples. */
  private static final String MARK = "quetzal";

  /** How long what was under way may still be written. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(5);

  @TempDir private Path folder = Path.of("");

  private final RunningSystem system =
      RunningSystem.up(
          "--set", "trainer.window.examples=60",
          "--set", "trainer.window.age=PT5S",
          "--set", "trainer.window.longest.age=PT10S",
          "--set", "streams.lanes=[web]",
          "--set", "streams.route.lanes=[{lane: web, sources: [web]}]",
          "--set", "streams.replay.share=0.3",
          "--set", "trainer.finetune.anchors.perBatch=8");

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void nothingIsWrittenOfWhoWasErasedAndVersionsThatLearnedAreGoneBackFrom() throws Exception {
    produce(0, 240, Integer.MAX_VALUE, "--trained");
    long clean = lastRelease();
    produce(240, 120, 3, "--trained");
    assertThat(state().getLastVersion()).isGreaterThan(clean);
    assertThat(system.run("pause", ADAPTER, "--timeout=PT3M").code()).isZero();
    produce(360, 60, 3, "--wait");
    assertThat(marked(latest(changelogs()))).as("kept for replay before").isNotEmpty();
    long trained = state().getLastVersion();

    List<JsonNode> erased = erase();
    Instant ordered = Instant.ofEpochMilli(erased.get(0).get("issuedAt").asLong());
    JsonNode trace = erased.get(1);
    assertThat(trace.get("adapter").asText()).isEqualTo("support");
    assertThat(trace.at("/versions/0/trained").asInt()).isPositive();
    assertThat(trace.get("inUse").asBoolean()).isTrue();
    assertThat(trace.get("clean").asLong()).isEqualTo(clean);
    Flags flags = new Flags(state().getFlagged());
    assertThat(flags.hold(clean)).isFalse();
    assertThat(flags.hold(trained)).isEqualTo(hasWeights(trained));
    assertThat(flags.ranges()).isNotEmpty();
    assertThat(system.run("adapters", "show", "support").out().lines())
        .filteredOn(line -> line.contains("  flagged: learned from"))
        .isNotEmpty();
    assertThat(system.run("adapters", "list").out()).contains("flagged " + flags.written());

    goBack(trace.get("next").asText());
    assertThat(state().getCurrentVersion()).isEqualTo(clean);
    assertThat(system.run("resume", ADAPTER, "--timeout=PT1M").code()).isZero();
    produce(420, 120, Integer.MAX_VALUE, "--trained");
    until(this::everythingIsInAWindow);

    assertNothingNewIsMarked(ordered.plus(UNDER_WAY));
    assertThat(marked(latest(changelogs()))).as("kept by streams-app").isEmpty();
    List<Rejection> refused =
        system.all(system.cluster().topics().rejected()).stream()
            .map(Entry::value)
            .filter(one -> one.getReason().equals("ERASED"))
            .toList();
    assertThat(refused).hasSizeGreaterThanOrEqualTo(20).allMatch(one -> one.getValue() == null);
    assertNotInUse();
    Cli.Result sound =
        system.run("verify", "--format=json", "--store=" + system.data().resolve("artifacts"));
    assertThat(sound.code()).as(sound.err() + sound.out()).isZero();
    assertMadeAgain();
  }

  private void assertNotInUse() {
    Cli.Result report =
        system.run(
            "erase",
            ADAPTER,
            "--subject=" + MARK,
            "--report",
            "--index=" + folder.resolve("index"),
            "--format=json");
    assertThat(report.code()).as(report.err()).isZero();
    assertThat(report.json().get(0).get("inUse").asBoolean()).as(report.out()).isFalse();
  }

  private List<JsonNode> erase() {
    Cli.Result result =
        system.run(
            "erase",
            "--adapter=*",
            "--subject=" + MARK,
            "--timeout=PT2M",
            "--index=" + folder.resolve("index"),
            "--format=json");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.json()).hasSize(2);
    return result.json();
  }

  private void goBack(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    assertThat(words.remove(0)).isEqualTo("alluvium");
    words.add("--timeout=PT2M");
    Cli.Result back = system.run(words.toArray(String[]::new));
    assertThat(back.code()).as(back.err()).isZero();
  }

  /** A version that left erased records out leaves them out when it is made again. */
  private void assertMadeAgain() {
    AdapterVersion after =
        versions().stream()
            .filter(version -> version.getCounts().getRejected() > 0)
            .filter(version -> version.getErasedBelow() > 0)
            .filter(version -> version.getOutcome() != Outcome.ROLLED_BACK)
            .findFirst()
            .orElseThrow();
    Cli.Result again = system.run("rederive", "support@" + after.getVersion(), "--format=json");
    assertThat(again.code()).as(again.err() + again.out()).isZero();
    assertThat(again.json().get(0).get("result").asText()).isEqualTo("IDENTICAL");
  }

  /** The order names its subject, and nothing else does. */
  private void assertNothingNewIsMarked(Instant from) {
    String orders = system.cluster().topics().commands().name();
    for (String topic : topicNames()) {
      List<ConsumerRecord<byte[], byte[]>> later =
          read(topic).stream().filter(one -> one.timestamp() >= from.toEpochMilli()).toList();
      if (!topic.equals(orders)) {
        assertThat(marked(later)).as(topic).isEmpty();
      }
    }
    assertThat(marked(read("training"))).as("what was there stays, so this finds it").isNotEmpty();
  }

  private List<String> changelogs() {
    return topicNames().stream().filter(name -> name.endsWith("-changelog")).toList();
  }

  /** What a restart would restore. */
  private List<ConsumerRecord<byte[], byte[]>> latest(List<String> topics) {
    List<ConsumerRecord<byte[], byte[]>> latest = new ArrayList<>();
    for (String topic : topics) {
      Map<String, ConsumerRecord<byte[], byte[]>> byKey = new HashMap<>();
      read(topic).forEach(one -> byKey.put(one.partition() + Arrays.toString(one.key()), one));
      byKey.values().stream().filter(one -> one.value() != null).forEach(latest::add);
    }
    return latest;
  }

  private static List<String> marked(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .filter(one -> tells(one.key()) || tells(one.value()) || tellsInHeader(one))
        .map(one -> "%s-%d@%d".formatted(one.topic(), one.partition(), one.offset()))
        .toList();
  }

  private static boolean tellsInHeader(ConsumerRecord<byte[], byte[]> record) {
    return Arrays.stream(record.headers().toArray()).anyMatch(header -> tells(header.value()));
  }

  private static boolean tells(byte[] bytes) {
    return bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(MARK);
  }

  private List<String> topicNames() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.listTopics().keySet().stream().filter(name -> !name.startsWith("_")).toList();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(system.cluster().kafka());
    settings.put("isolation.level", "read_committed");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }

  /** Every so many lines there is one of the subject. */
  private void produce(int from, int count, int every, String follow) throws IOException {
    List<String> lines =
        IntStream.range(from, from + count)
            .mapToObj(
                n ->
                    "{\"id\":\"q-%d\",\"prompt\":\"what is the code of part %d%s?\",\"completion\":\" it is %d.\",\"source\":\"%s\"%s}"
                        .formatted(
                            n,
                            n * 7919,
                            n % every == every - 1 ? " " + MARK : "",
                            n * 104729,
                            n % 2 == 0 ? "web" : "mail",
                            n % every == every - 1 ? ",\"subject\":\"" + MARK + "\"" : ""))
            .toList();
    Path file = Files.write(folder.resolve("lines-" + from + ".jsonl"), lines);
    JsonNode produced =
        system
            .run("produce", ADAPTER, follow, "--timeout=PT4M", "--format=json", file.toString())
            .json()
            .get(0);
    assertThat(produced.get("unsettled").asLong()).as(produced.toString()).isZero();
  }

  private boolean everythingIsInAWindow() {
    JsonNode found = system.run("verify", "--format=json").json().get(0);
    JsonNode records = found.get("records");
    long training = records.path("training.web").asLong() + records.path("training").asLong();
    return found.get("inWindows").asLong() == training;
  }

  private boolean hasWeights(long version) {
    AdapterVersion event = versions().get(Math.toIntExact(version - 1));
    return event.getArtifact() != null || event.getHead() != null;
  }

  private long lastRelease() {
    return versions().stream()
        .filter(version -> version.getOutcome() == Outcome.RELEASED)
        .mapToLong(AdapterVersion::getVersion)
        .max()
        .orElseThrow();
  }

  private List<AdapterVersion> versions() {
    return system.all(system.cluster().topics().versions()).stream().map(Entry::value).toList();
  }

  private AdapterState state() {
    List<Entry<AdapterState>> states = system.all(system.cluster().topics().adapters());
    return states.get(states.size() - 1).value();
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(4)).until(condition);
  }
}
