package io.alluvium.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.cli.RunningSystem;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.WeightedExample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version of the whole system is explained, record by record, and made again byte for byte. */
class ExplainIT {
  private static final int RECORDS = 120;
  private static final String ADAPTER = "support";

  @TempDir private Path folder = Path.of("");

  private final RunningSystem system =
      RunningSystem.up(
          "--set", "trainer.window.examples=100",
          "--set", "trainer.window.age=PT5S",
          "--set", "trainer.window.longest.age=PT10S",
          "--set", "trainer.finetune.anchors.perBatch=8");

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void aVersionIsExplainedAndMadeAgain() throws Exception {
    produce();
    AdapterVersion event = system.all(system.cluster().topics().versions()).get(0).value();
    List<Entry<WeightedExample>> window =
        system.all(system.cluster().topics().training()).stream()
            .filter(entry -> within(entry, event))
            .toList();
    String heldOut = id(window, event, true);
    String trained = id(window, event, false);

    assertThat(explained(trained).get("standing").asText()).isEqualTo("TRAINED");
    assertThat(fate(trained).path("version").asLong()).isEqualTo(1);
    assertThat(fate(trained).path("epochs").asInt()).isEqualTo(2);
    assertThat(explained(heldOut).get("standing").asText()).isEqualTo("HELD_OUT");
    assertThat(explained("empty").get("standing").asText()).isEqualTo("REFUSED");
    assertThat(explained("empty").toString()).contains("EMPTY_RESPONSE");

    JsonNode version = run("explain", "version", ADAPTER + "@1").json().get(0);
    assertThat(version.at("/mix/records").asInt()).isEqualTo(window.size());
    assertThat(version.at("/mix/counts/sources/mail").asInt()).isEqualTo(window.size());
    assertThat(version.at("/settings/epochs").asInt()).isEqualTo(2);
    assertThat(version.get("samples")).isNotEmpty();
    Cli.Result none = run("explain", "version", ADAPTER + "@99");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("has no version 99: its newest is ");

    Cli.Result again = system.run("rederive", ADAPTER + "@1", "--format=json");
    assertThat(again.code()).as(again.err() + again.out()).isZero();
    assertThat(again.json().get(0).get("result").asText()).isEqualTo("IDENTICAL");
    Path others = Files.writeString(folder.resolve("others.yaml"), "finetune: {epochs: 3}\n");
    Cli.Result wrong = system.run("rederive", ADAPTER + "@1", "--trainer=" + others);
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.errLines()).last().asString().contains(event.getConfigDigest());

    delete(Path.of(URI.create(folderOf(event))));
    Cli.Result second = system.run("rederive", ADAPTER + "@2", "--format=json");
    assertThat(second.code()).as("its parent is made again first: %s", second.err()).isZero();
  }

  private void produce() throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("{\"id\":\"empty\",\"prompt\":\"what?\",\"completion\":\" \",\"source\":\"mail\"}");
    IntStream.range(0, RECORDS)
        .mapToObj(
            n ->
                "{\"id\":\"q-%d\",\"prompt\":\"what is the code of part %d?\",\"completion\":\" it is %d.\",\"source\":\"mail\"}"
                    .formatted(n, n * 7919, n * 104729))
        .forEach(lines::add);
    Path file = Files.write(folder.resolve("lines.jsonl"), lines);
    Cli.Result produced =
        system.run("produce", "--adapter", ADAPTER, "--trained", "--timeout=PT4M", file.toString());
    assertThat(produced.out()).as(produced.err()).isNotEmpty();
  }

  private static String folderOf(AdapterVersion event) {
    assertThat(event.getOutcome()).isIn(Outcome.RELEASED, Outcome.CONTINUED);
    Artifact folder = event.getArtifact() == null ? event.getHead() : event.getArtifact();
    return Objects.requireNonNull(folder).getUri();
  }

  private static void delete(Path artifact) throws IOException {
    try (Stream<Path> files = Files.list(artifact)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(artifact);
  }

  private static boolean within(Entry<WeightedExample> entry, AdapterVersion event) {
    return entry.partition() == event.getWindow().getPartition()
        && entry.offset() >= event.getWindow().getFirstOffset()
        && entry.offset() < event.getWindow().getNextOffset();
  }

  private static String id(
      List<Entry<WeightedExample>> window, AdapterVersion event, boolean heldOut) {
    return window.stream()
        .filter(entry -> event.getHeldOut().contains(entry.offset()) == heldOut)
        .findFirst()
        .orElseThrow()
        .value()
        .getScored()
        .getExample()
        .getId();
  }

  private JsonNode explained(String id) {
    Cli.Result result = run("explain", "record", id);
    assertThat(result.code()).as(result.err()).isZero();
    return result.json().get(0);
  }

  private JsonNode fate(String id) {
    for (JsonNode seen : explained(id).get("seen")) {
      if (seen.path("fate").path("is").asText().equals("trained")) {
        return seen.get("fate");
      }
    }
    throw new AssertionError(id + " was not trained on");
  }

  private Cli.Result run(String command, String what, String name) {
    return Cli.run(
        command,
        what,
        name,
        "--data=" + system.data(),
        "--index=" + folder.resolve("index"),
        "--format=json");
  }
}
