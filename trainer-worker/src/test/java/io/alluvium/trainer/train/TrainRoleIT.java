package io.alluvium.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.WindowReport;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.Chains;
import io.alluvium.trainer.NewsExamples;
import io.alluvium.trainer.RoleFixture;
import io.alluvium.trainer.dataset.HeldOut;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
public class TrainRoleIT {
  public static final String QUICK =
      """
      window: { examples: 64, age: PT3S, training: 8 }
      finetune: { batchSize: 8, learningRate: 5.0e-3, anchors: { generate: 32, maxTokens: 48, perBatch: 4 } }
      gate: { heldOutShare: 0.25, minHeldOut: 5 }
      """;

  @Test
  void windowsBecomeReleasedVersionsWithFolderStateReportAndOffsets(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "train-");
    worker.start("train", QUICK);

    worker.sendRaw(
        worker.topics.training(), "news", List.of("no avro".getBytes(StandardCharsets.UTF_8)));
    List<WeightedExample> examples = NewsExamples.weighted("news", 0, 192);
    WeightedExample poisoned = poisoned(examples);
    worker.send(worker.topics.training(), "news", List.of(poisoned));
    worker.send(worker.topics.training(), "news", withoutIdOf(poisoned, examples));
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(examples(worker)).isEqualTo(192));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> worker.read(worker.topics.rejected()).size() == 2);

    List<AdapterVersion> versions = worker.read(worker.topics.versions());
    Chains.assertGapless(versions);
    AdapterVersion first = versions.get(0);
    assertThat(first.getOutcome())
        .as(() -> first.getVerdict().toString())
        .isEqualTo(Outcome.RELEASED);
    assertThat(first.getVerdict().getReasons()).anyMatch(reason -> reason.contains("no retention"));
    Path artifact = Path.of(URI.create(first.getArtifact().getUri()));
    assertThat(artifact.resolve("adapter_model.safetensors")).isRegularFile();
    assertThat(artifact.resolve("adapter_config.json")).isRegularFile();

    AdapterVersion last = versions.get(versions.size() - 1);
    AdapterState state = lastOf(worker.read(worker.topics.adapters()));
    assertThat(state.getLastVersion()).isEqualTo(last.getVersion());
    List<WindowReport> reports = worker.read(worker.topics.reports());
    assertThat(reports).hasSameSizeAs(versions);
    Map<String, Rejection> rejections =
        worker.read(worker.topics.rejected()).stream()
            .collect(Collectors.toMap(Rejection::getReason, rejection -> rejection));
    assertThat(rejections).containsOnlyKeys("UNDECODABLE", "QUARANTINED");
    assertThat(
            new String(
                Objects.requireNonNull(rejections.get("UNDECODABLE")).getValue().array(),
                StandardCharsets.UTF_8))
        .isEqualTo("no avro");
    assertQuarantined(Objects.requireNonNull(rejections.get("QUARANTINED")), poisoned);
    Chains.assertOffsetsAgree(worker, versions);
  }

  @Test
  void suitesAndAnchorsInTheBasesFolderAreUsedThoughNobodyNamesThem(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "brought-");
    worker.base = storiesWithSkills(worker.folder.resolve("stories"));
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, 64));
    worker.start("train", QUICK.replace("generate: 32, ", ""));
    await().atMost(Duration.ofMinutes(2)).until(() -> versions(worker, "news").size() == 1);

    AdapterVersion version = versions(worker, "news").get(0);
    assertThat(version.getOutcome())
        .as(() -> version.getVerdict().toString())
        .isEqualTo(Outcome.RELEASED);
    assertThat(version.getVerdict().getReasons())
        .noneMatch(reason -> reason.contains("no retention"));
    assertThat(version.getVerdict().getAxes())
        .anyMatch(axis -> axis.getName().equals("retention/topics/exactMatch"));
    String guards =
        "old skills are measured by topics (8 questions) of %s; 32 anchors of %s hold adapters"
            .formatted(worker.base.resolve("retention"), worker.base.resolve("anchors.jsonl"));
    assertThat(worker.logged(worker.name("train"), guards)).as(guards).isEqualTo(1);
  }

  /** One bit of a released folder flips: its adapter is told so, its neighbour learns on. */
  @Test
  void aDamagedFolderIsTheFaultOfItsAdapterAlone(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "damaged-");
    worker.start("train", QUICK);
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, 64));
    worker.send(worker.topics.training(), "sport", NewsExamples.weighted("sport", 500, 64));
    await().atMost(Duration.ofMinutes(2)).until(() -> versions(worker, "news").size() == 1);
    await().atMost(Duration.ofMinutes(2)).until(() -> versions(worker, "sport").size() == 1);
    AdapterVersion released = versions(worker, "news").get(0);
    assertThat(released.getOutcome()).isEqualTo(Outcome.RELEASED);
    flipOneBit(
        Path.of(URI.create(released.getArtifact().getUri())).resolve("adapter_model.safetensors"));

    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 64, 64));
    worker.send(worker.topics.training(), "sport", NewsExamples.weighted("sport", 564, 64));
    await().atMost(Duration.ofMinutes(2)).until(() -> versions(worker, "news").size() == 2);
    await().atMost(Duration.ofMinutes(2)).until(() -> versions(worker, "sport").size() == 2);

    AdapterVersion failed = versions(worker, "news").get(1);
    assertThat(failed.getOutcome()).isEqualTo(Outcome.REJECTED);
    assertThat(failed.getVerdict().getReasons())
        .anyMatch(reason -> reason.contains("the released version is damaged"));
    assertThat(worker.read(worker.topics.rejected()))
        .hasSize(64)
        .allMatch(rejection -> rejection.getReason().equals("ROUND_FAILED"))
        .allMatch(rejection -> "news".equals(rejection.getAdapter()));
    assertThat(versions(worker, "sport").get(1).getOutcome()).isNotEqualTo(Outcome.REJECTED);
    Chains.assertOffsetsAgree(worker, worker.read(worker.topics.versions()));
  }

  private static Path storiesWithSkills(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("retention"));
    try (Stream<Path> files = Files.list(RoleFixture.stories())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    List<String> questions =
        NewsExamples.read("news", 1000, 8).stream()
            .map(news -> line(news.getPrompt(), news.getCompletion()))
            .toList();
    Files.write(folder.resolve("retention/topics.jsonl"), questions);
    List<String> stories =
        IntStream.range(0, 32)
            .mapToObj(number -> line("Once upon a time there were", number + " cats."))
            .toList();
    Files.write(folder.resolve("anchors.jsonl"), stories);
    return folder;
  }

  private static String line(String prompt, String completion) {
    return new ObjectMapper()
        .createObjectNode()
        .put("prompt", prompt)
        .put("completion", completion)
        .toString();
  }

  private static List<AdapterVersion> versions(RoleFixture worker, String adapter) {
    return worker.read(worker.topics.versions()).stream()
        .filter(version -> version.getAdapter().equals(adapter))
        .toList();
  }

  private static void flipOneBit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.write(file, bytes);
  }

  /** One record of the first window weighs so much that its loss overflows. */
  private static WeightedExample poisoned(List<WeightedExample> examples) {
    HeldOut heldOut = new HeldOut(0.25);
    return examples.stream()
        .filter(example -> !heldOut.holds(example.getScored().getExample().getId()))
        .findFirst()
        .map(example -> WeightedExample.newBuilder(example).setWeight(3e38).build())
        .orElseThrow();
  }

  private static List<WeightedExample> withoutIdOf(
      WeightedExample one, List<WeightedExample> examples) {
    return examples.stream()
        .filter(example -> !example.getScored().getExample().equals(one.getScored().getExample()))
        .toList();
  }

  private static void assertQuarantined(Rejection rejection, WeightedExample poisoned) {
    assertThat(rejection.getStage()).isEqualTo("train");
    assertThat(rejection.getExampleId()).isEqualTo(poisoned.getScored().getExample().getId());
    assertThat(rejection.getDetail()).contains("weight 3.00e+38", "weighted loss Infinity");
  }

  private static long examples(RoleFixture worker) {
    return Chains.examples(worker.read(worker.topics.versions()));
  }

  private static <T> T lastOf(List<T> list) {
    return list.get(list.size() - 1);
  }
}
