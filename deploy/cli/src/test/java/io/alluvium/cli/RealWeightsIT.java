package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Axis;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import io.alluvium.stack.junit.Requirement;
import io.alluvium.stack.junit.need.NeedsShared;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.data.Percentage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real weights and real text through the whole system, once for all tests of this class; then what
 * was published is looked at from outside.
 */
@NeedsShared("data/models/stories260k")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealWeightsIT {
  private static final int LINES = 2_000;
  private static final int RECORDS_COMPARED = 24;
  private static final double TOLERANCE = 1e-4;

  @TempDir private static Path folder = Path.of("");

  private Path base = Path.of("");
  private Path sample = Path.of("");
  private RunningSystem system;
  private List<AdapterVersion> released = List.of();

  @BeforeAll
  void stream() throws IOException {
    base = Requirement.shared("data/models/stories260k");
    Path news = Requirement.shared("data/streams/agnews.jsonl");
    Path lines = folder.resolve("news.jsonl");
    List<String> all = Files.readAllLines(news);
    Files.write(lines, all.subList(0, LINES));
    sample = folder.resolve("sample.jsonl");
    Files.write(sample, all.subList(LINES, LINES + RECORDS_COMPARED));
    system = RunningSystem.up("--base", base.toString());
    Cli.Result produced = system.run("produce", "--adapter", "news", lines.toString());
    assertThat(produced.out()).isEqualTo(LINES + " examples sent for news, 0 lines refused\n");
    released = awaitReleased(3);
  }

  private List<AdapterVersion> awaitReleased(int count) {
    List<AdapterVersion> found = new ArrayList<>();
    for (int events = 1; found.size() < count; events++) {
      Cli.Result watched =
          system.run(
              "watch",
              "--from-beginning",
              "--count",
              Integer.toString(events),
              "--timeout",
              "PT4M");
      assertThat(watched.code()).as("an event in time: " + watched.out()).isZero();
      found.clear();
      system.all(system.cluster().topics().versions()).stream()
          .map(Entry::value)
          .filter(event -> event.getOutcome() == Outcome.RELEASED)
          .forEach(found::add);
    }
    return List.copyOf(found);
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void atLeastThreeVersionsAreReleasedAndTheHeldOutLossFalls() {
    assertThat(released).hasSizeGreaterThanOrEqualTo(3);
    assertThat(released)
        .extracting(RealWeightsIT::heldOut)
        .allSatisfy(axis -> assertThat(axis.getAfter()).isLessThan(axis.getBefore()));
    assertThat(heldOut(released.get(released.size() - 1)).getAfter())
        .isLessThan(heldOut(released.get(0)).getAfter());
    assertThat(released.get(0).getVerdict().getReasons())
        .as("without suites every verdict says so")
        .anyMatch(reason -> reason.contains("retention"));
  }

  private static Axis heldOut(AdapterVersion event) {
    return event.getVerdict().getAxes().stream()
        .filter(axis -> axis.getName().equals("heldout/loss"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void lossesOfTheBaseEqualThoseOfTheOracle() throws Exception {
    compare(List.of("evaluate", "--model", base.toString()), List.of());
  }

  @Test
  void lossesUnderAPublishedFolderEqualThoseOfTheOracle() throws Exception {
    String adapter = folderOf(released.get(released.size() - 1)).toString();
    compare(
        List.of("evaluate", "--model", base.toString(), "--adapter", adapter),
        List.of("--adapter", adapter));
  }

  private void compare(List<String> ours, List<String> oracles) throws Exception {
    Requirement.require(
        Files.isExecutable(Path.of("/usr/bin/python3")), "program python3 is missing");
    Path oracle = Requirement.shared("tools/reference.py");
    List<String> arguments = new ArrayList<>(ours);
    arguments.addAll(List.of("--format", "json", sample.toString()));
    List<JsonNode> lines = Cli.run(arguments.toArray(String[]::new)).json();
    List<JsonNode> records = lines.subList(0, lines.size() - 1);
    assertThat(lines.get(lines.size() - 1).fieldNames())
        .toIterable()
        .containsExactly("records", "tokens", "meanLoss");
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", oracle.toString(), "nll"));
    command.addAll(List.of("--model", base.toString()));
    command.addAll(oracles);
    List<Double> expected = losses(command, records);
    assertThat(expected).hasSameSizeAs(records).hasSizeGreaterThan(RECORDS_COMPARED / 2);
    for (int n = 0; n < records.size(); n++) {
      assertThat(records.get(n).get("loss").doubleValue())
          .isCloseTo(expected.get(n), Percentage.withPercentage(TOLERANCE * 100));
    }
  }

  private List<Double> losses(List<String> command, List<JsonNode> records) throws Exception {
    Path input = folder.resolve("records.jsonl");
    Files.write(input, records.stream().map(JsonNode::toString).toList());
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectError(folder.resolve("oracle.err").toFile())
            .start();
    String output = text(process.getInputStream());
    Requirement.require(
        !Files.readString(folder.resolve("oracle.err")).contains("No module named 'numpy'"),
        "python3-numpy is missing; apt-get install python3-numpy");
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("oracle.err"))).isZero();
    return output.lines().map(Double::valueOf).toList();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void eventBytesAreReadByTheGenuineDeserializer() {
    try (Consumer<String, byte[]> reader = system.cluster().reader();
        KafkaAvroDeserializer genuine = new KafkaAvroDeserializer()) {
      genuine.configure(system.settings().registryOnly(), false);
      reader.assign(List.of(new TopicPartition("adapter.versions", 0)));
      ConsumerRecord<String, byte[]> first = reader.poll(Duration.ofSeconds(30)).iterator().next();
      assertThat(first.value()[0]).isZero();
      assertThat(ByteBuffer.wrap(first.value(), 1, 4).getInt()).isPositive();
      GenericRecord event = (GenericRecord) genuine.deserialize("adapter.versions", first.value());
      assertThat(event.get("adapter")).hasToString("news");
      assertThat(event.get("version")).isEqualTo(1L);
    }
  }

  /** Debian's kcat is built without Avro, so it hands out the raw bytes: zero, schema id, body. */
  @Test
  void eventBytesAreReadByKcat() throws Exception {
    Requirement.program("kcat", "kcat");
    byte[] bytes = firstEventThroughKcat();
    assertThat(bytes[0]).isZero();
    assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isPositive();
    try (KafkaAvroDeserializer genuine = new KafkaAvroDeserializer()) {
      genuine.configure(system.settings().registryOnly(), false);
      GenericRecord event = (GenericRecord) genuine.deserialize("adapter.versions", bytes);
      assertThat(event.get("adapter")).hasToString("news");
      assertThat(event.get("version")).isEqualTo(1L);
    }
  }

  private byte[] firstEventThroughKcat() throws Exception {
    Path bytes = folder.resolve("event.bytes");
    Path words = folder.resolve("kcat.err");
    String broker = system.cluster().bootstrap();
    Process kcat =
        new ProcessBuilder(
                List.of(
                    "kcat",
                    "-C",
                    "-q",
                    "-b",
                    broker,
                    "-t",
                    "adapter.versions",
                    "-o",
                    "beginning",
                    "-c",
                    "1",
                    "-f",
                    "%s"))
            .redirectOutput(bytes.toFile())
            .redirectError(words.toFile())
            .start();
    assertThat(kcat.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(kcat.exitValue()).as(Files.readString(words)).isZero();
    return Files.readAllBytes(bytes);
  }

  @Test
  void statusShowsNothingGoneAndTheCurrentVersion() {
    Cli.Result status = system.run("status", "--format", "json");
    assertThat(status.code()).isZero();
    JsonNode json = status.json().get(0);
    assertThat(json.get("processes")).hasSize(5);
    assertThat(json.at("/adapters/0/adapter").textValue()).isEqualTo("news");
    assertThat(json.at("/adapters/0/currentVersion").longValue()).isPositive();
  }

  @Test
  void adaptersAreListedShownAndAsked() {
    AdapterVersion last = released.get(released.size() - 1);
    assertThat(system.run("adapters", "list").out()).startsWith("news  current ");
    assertThat(system.run("adapters", "show", "news@" + last.getVersion()).out())
        .contains("  folder     " + last.getArtifact().getUri());
    Cli.Result generated =
        system.run(
            "generate", "--adapter", "news", "--max-tokens", "8", "Title: Rates rise\nTopic:");
    assertThat(generated.code()).as(generated.err()).isZero();
    assertThat(generated.out()).startsWith("Title: Rates rise\nTopic:");
  }

  @Test
  void malformedLinesAreNamedAndLeftOutOrStopTheCommandWhenStrict() {
    String input =
        """
        {"prompt":"a","completion":" one"}
        {"prompt":"b"
        {"prompt":"c","completion":" three"}
        """;
    Cli.Result lenient = system.runWithInput(input, "produce", "--adapter", "lines", "-");
    assertThat(lenient.code()).isEqualTo(1);
    assertThat(lenient.errLines()).hasSize(2).first().asString().startsWith("line 2: not JSON: ");
    assertThat(lenient.errLines().get(1)).startsWith("sent is not accepted yet: ");
    assertThat(lenient.out()).isEqualTo("2 examples sent for lines, 1 lines refused\n");
    Cli.Result strict =
        system.runWithInput(input, "produce", "--strict", "--adapter", "lines", "-");
    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out()).isEqualTo("1 examples sent for lines, 1 lines refused\n");
  }

  @Test
  void recordAboveTheLimitIsNamedAndTheOthersAreSent() {
    String tooLong = "x".repeat(1_100_000);
    String input =
        "{\"prompt\":\"%s\",\"completion\":\" a\"}\n{\"prompt\":\"short\",\"completion\":\" b\"}\n"
            .formatted(tooLong);
    Cli.Result result = system.runWithInput(input, "produce", "--adapter", "large", "-");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.errLines())
        .hasSize(2)
        .first()
        .asString()
        .matches("line 1: record of 11000\\d\\d bytes is larger than the limit: .*");
    assertThat(result.out()).isEqualTo("1 examples sent for large, 1 lines refused\n");
  }

  @Test
  void wrongBytesAndEmptyResponsesEndAmongTheRejectionsWithTheirOrigin() {
    byte[] wrong = "no avro".getBytes(StandardCharsets.US_ASCII);
    try (Producer<String, byte[]> producer = system.cluster().producer()) {
      producer.send(new ProducerRecord<>("examples", "bad", wrong)).get();
    } catch (InterruptedException | ExecutionException impossible) {
      throw new AssertionError(impossible);
    }
    Cli.Result followed =
        system.runWithInput(
            "{\"prompt\":\"q\",\"completion\":\" \"}\n{\"prompt\":\"q\",\"completion\":\" a\"}",
            "produce",
            "--wait",
            "--adapter",
            "bad",
            "--format=json",
            "-");
    assertThat(followed.code()).as("a record was refused").isEqualTo(1);
    assertThat(followed.errLines())
        .filteredOn(line -> line.startsWith("line "))
        .singleElement()
        .asString()
        .startsWith("line 1: refused by admit, EMPTY_RESPONSE: ");
    assertThat(followed.json().get(0).toString())
        .isEqualTo(
            "{\"adapter\":\"bad\",\"sent\":2,\"refused\":0,\"accepted\":1,\"rejected\":{\"EMPTY_RESPONSE\":1},\"unsettled\":0}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rejections("bad"))
                    .extracting(Rejection::getReason)
                    .containsExactlyInAnyOrder("UNDECODABLE", "EMPTY_RESPONSE"));
    assertThat(rejections("bad"))
        .filteredOn(rejection -> rejection.getReason().equals("UNDECODABLE"))
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.getValue()).isEqualTo(ByteBuffer.wrap(wrong));
              assertThat(rejection.getOrigin().getTopic()).isEqualTo("examples");
              assertThat(rejection.getDetail().lines()).hasSize(1);
            });
  }

  private List<Rejection> rejections(String key) {
    return system.all(system.cluster().topics().rejected()).stream()
        .filter(entry -> key.equals(entry.key()))
        .map(Entry::value)
        .toList();
  }

  @Test
  void registryThatDoesNotAnswerIsExitThree() {
    Cli.Result result =
        Cli.runWithInput(
            "{\"prompt\":\"q\",\"completion\":\" a\"}",
            "produce",
            "--adapter",
            "x",
            "--data",
            folder.toString(),
            "--bootstrap-server",
            system.cluster().bootstrap(),
            "--registry",
            "http://127.0.0.1:1",
            "-");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith("the schema registry does not answer (");
  }

  @Test
  void portInUseIsNamed() {
    int taken = URI.create("kafka://" + system.cluster().bootstrap()).getPort();
    Cli.Result result =
        Cli.run(
            "up",
            "--data",
            folder.resolve("other").toString(),
            "--base",
            base.toString(),
            "--kafka-port",
            Integer.toString(taken),
            "--registry-port",
            "0",
            "--metrics-port",
            "0");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines()).hasSize(2);
    assertThat(result.errLines().get(0)).contains(" needs ").contains("GB");
    assertThat(result.errLines().get(1))
        .startsWith("Kafka port " + taken + " is in use by another program");
  }

  private static Path folderOf(AdapterVersion event) {
    return Path.of(URI.create(event.getArtifact().getUri()));
  }
}
