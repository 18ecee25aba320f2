package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Axis;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Outcome;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.rederive.Rederivation;
import io.alluvium.trainer.rederive.UnderivableException;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.worker.config.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Versions are made again from the log as they were: pulled back, after a rollback, erased from.
 */
@ExtendWith(LocalStackExtension.class)
class RederivationIT {
  private static final int WINDOW = 64;
  private static final String FORGETFUL =
      """
      window: { examples: 64, age: PT3S, training: 8 }
      finetune: { batchSize: 8, learningRate: 5.0e-3, anchors: { generate: 32, maxTokens: 48, perBatch: 4 } }
      gate: { heldOutShare: 0.25, minHeldOut: 5, maxLossRise: 0.02, lossRule: ALWAYS, pullBacks: 4 }
      """;

  @Test
  void aVersionIsTheSameOnceMore(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "rederived-");
    worker.base = withStories(worker.folder.resolve("stories"));
    worker.start("train", FORGETFUL);
    train(worker, 1);
    train(worker, 2);
    long released =
        versions(worker).stream()
            .filter(version -> version.getOutcome() == Outcome.RELEASED)
            .findFirst()
            .orElseThrow()
            .getVersion();
    order(worker, Command.ROLLBACK, released, "keep");
    await().atMost(Duration.ofMinutes(2)).until(() -> versions(worker).size() == 3);
    order(worker, Command.ERASE, null, "id:news-" + (3 * WINDOW + 5));
    train(worker, 4);
    stack.stop(worker.name("train"));

    List<AdapterVersion> versions = versions(worker);
    assertThat(versions)
        .filteredOn(
            version -> version.getVerdict().getReasons().stream().anyMatch(RederivationIT::isPull))
        .as("versions that were pulled back")
        .isNotEmpty();
    assertThat(versions.get(3).getCounts().getRejected()).isEqualTo(1);
    Path config = worker.config("again", 1, FORGETFUL);
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                worker.folder.resolve("artifacts").toUri().toString(),
                worker.folder.resolve("again").toUri().toString()));
    try (Rederivation again = new Rederivation(ConfigFile.read(config), Set.of())) {
      for (AdapterVersion version : versions) {
        List<AdapterVersion> before = before(version, versions);
        if (version.getOutcome() == Outcome.ROLLED_BACK) {
          assertThatThrownBy(() -> again.of(version, before))
              .isInstanceOf(UnderivableException.class)
              .hasMessage("it is version %d again: name that", released);
        } else {
          assertSame(version, again.of(version, before));
        }
      }
      delete(versions.get(Math.toIntExact(released - 1)).getArtifact());
      AdapterVersion last = versions.get(3);
      assertSame(last, again.of(last, before(last, versions)));
    }
  }

  private static List<AdapterVersion> before(
      AdapterVersion version, List<AdapterVersion> versions) {
    return versions.subList(0, Math.toIntExact(version.getVersion() - 1));
  }

  private static void delete(Artifact artifact) throws IOException {
    Path folder = Path.of(URI.create(artifact.getUri()));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static boolean isPull(String reason) {
    return reason.startsWith("pulled back by half of its step");
  }

  private static void assertSame(AdapterVersion version, RoundOutcome again) {
    assertThat(again.outcome()).isEqualTo(version.getOutcome());
    assertThat(again.verdict().reasons()).isEqualTo(version.getVerdict().getReasons());
    assertThat(again.verdict().axes().stream().map(Verdict.Measure::after).toList())
        .as("but for company in a batch")
        .usingElementComparator(
            (one, other) -> Math.abs(one - other) < 1e-5 ? 0 : Double.compare(one, other))
        .containsExactlyElementsOf(
            version.getVerdict().getAxes().stream().map(Axis::getAfter).toList());
    List<Artifact> folders =
        Stream.of(version.getArtifact(), version.getHead()).filter(one -> one != null).toList();
    assertThat(again.folders().named())
        .as("folders of version %d", version.getVersion())
        .extracting(Artifact::getFiles)
        .containsExactlyElementsOf(folders.stream().map(Artifact::getFiles).toList());
  }

  private static void train(RoleFixture worker, int version) throws IOException {
    worker.send(
        worker.topics.training(),
        "news",
        NewsExamples.weighted("news", (version - 1) * WINDOW, WINDOW));
    await().atMost(Duration.ofMinutes(2)).until(() -> versions(worker).size() == version);
  }

  private static void order(
      RoleFixture worker, Command command, @Nullable Long version, String argument) {
    AdapterCommand order =
        AdapterCommand.newBuilder()
            .setId(command.name())
            .setAdapter("news")
            .setCommand(command)
            .setVersion(version)
            .setArgument(argument)
            .setIssuedBy("test")
            .setIssuedAt(Instant.now().plusSeconds(600))
            .build();
    worker.send(worker.topics.commands(), "news", List.of(order));
  }

  private static List<AdapterVersion> versions(RoleFixture worker) {
    return worker.read(worker.topics.versions());
  }

  /** The base with a skill that learning news costs something of. */
  private static Path withStories(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("retention"));
    try (Stream<Path> files = Files.list(RoleFixture.stories())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    List<String> stories =
        IntStream.range(0, 8)
            .mapToObj(number -> line("Once upon a time there was a little girl named", " Lily."))
            .toList();
    Files.write(folder.resolve("retention/stories.jsonl"), stories);
    return folder;
  }

  private static String line(String prompt, String completion) {
    return new ObjectMapper()
        .createObjectNode()
        .put("prompt", prompt)
        .put("completion", completion)
        .toString();
  }
}
