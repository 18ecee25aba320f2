package io.alluvium.trainer.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.claim.recall.Shelf;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.Configs;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.GateConfig;
import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.GateConfig.Own;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds in which the tensor engine, or the store, does not do its work. No broker is asked. */
class RoundRunnerFaultTest {
  private static final LoraSpec SPEC = new LoraSpec(4, 8, List.of("q_proj", "v_proj"));
  private static final int RECORDS = 40;
  private static final int UNKNOWN = 5_000;

  private final Path root;
  private final Decoder decoder;
  private final FineTuner tuner;
  private final ArtifactStore store;
  private final RoundRunner runner;

  RoundRunnerFaultTest(@TempDir Path folder) throws IOException {
    this.root = folder.resolve("store");
    Path base = TinyModel.write(folder.resolve("base"), TinyModel.MISTRAL, 5);
    this.decoder = Decoder.open(HfFolder.open(base), new EngineOptions(1, 32));
    this.tuner =
        new FineTuner(
            decoder, Configs.of(SPEC, new AnchorConfig(null, 0, 20, 0, 1)), Anchors.none());
    this.store = ArtifactStore.open(root.toUri(), "a");
    // A limit that lies, so that the engine meets what the item maker would have refused.
    this.runner = runner(List.of(), gate(0.1, 0));
  }

  private RoundRunner runner(List<RetentionSuite> suites, GateConfig gate) {
    ItemMaker items = new ItemMaker(RoundRunnerFaultTest::tokens, new ItemMaker.Limits(32, 9_999));
    return new RoundRunner(
        new RoundContext(decoder, "tiny", "d", tuner, new Evaluator(decoder, suites)),
        new RoundSettings(SPEC, 17, new Divider(items, new HeldOut(0.2)), new Gate(gate)),
        store);
  }

  private static GateConfig gate(double maxLossRise, int pullBacks) {
    return new GateConfig(
        0.2,
        2,
        0.95,
        12,
        List.of(),
        0.05,
        maxLossRise,
        LossRule.ALWAYS,
        new Own(16, 0.1),
        pullBacks,
        1e-5);
  }

  @AfterEach
  void close() {
    store.close();
    tuner.close();
    decoder.close();
  }

  @Test
  void aTensorCallThatFailsInTrainingRefusesTheRoundsRecordsAndLeavesNothing() throws IOException {
    Recall recall = recall("x");
    assertThatThrownBy(() -> run(recall))
        .isInstanceOf(TensorCallException.class)
        .hasCauseInstanceOf(EngineException.class)
        .hasMessageStartingWith("the tensor engine failed: EngineException: ")
        .hasMessageNotContaining("\n");
    RoundOutcome failed = runner.failed(plan(), recall, failure(recall));
    assertThat(failed.verdict()).isInstanceOf(Verdict.Refuse.class);
    assertThat(failed.shares().refused())
        .hasSize(RECORDS)
        .allMatch(refused -> refused.refusal().reason() == Reason.ROUND_FAILED);
    assertThat(staged()).isEmpty();
  }

  /** What is closed throws an IllegalStateException, as does much that goes wrong within DJL. */
  @Test
  void whateverElseATensorCallThrowsIsTheSame() {
    decoder.close();
    Recall recall = recall("ok");
    assertThatThrownBy(() -> run(recall)).isInstanceOf(TensorCallException.class);
    assertThat(failure(recall)).hasMessageContaining("IllegalStateException");
  }

  @Test
  void aRoundAfterTheFailedOneIsAsIfThatHadNotBeen() throws IOException {
    assertThatThrownBy(() -> run(recall("x"))).isInstanceOf(TensorCallException.class);
    Optional<RoundOutcome> outcome = run(recall("ok"));
    assertThat(outcome).isPresent();
    assertThat(outcome.orElseThrow().shares().refused()).isEmpty();
    assertThat(outcome.orElseThrow().training().steps()).isPositive();
    assertThat(staged()).isEmpty();
  }

  /**
   * Digests of its files are left in {@code target}, so that two builds can be held against each
   * other on one machine: figures of tensors are those of its CPU.
   */
  @Test
  void aRoundOfOneSeedMakesTheSameBytesEachTime() throws IOException {
    Artifact made = made();
    assertThat(made.getFiles()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(made().getFiles()).isEqualTo(made.getFiles());
    Files.write(
        Path.of("target", "seeded-round.txt"),
        made.getFiles().stream().map(ArtifactFile::toString).sorted().toList());
  }

  private Artifact made() throws IOException {
    RoundOutcome.Folders folders = run(recall("ok")).orElseThrow().folders();
    return Objects.requireNonNull(folders.released() == null ? folders.head() : folders.released());
  }

  /** What the records teach stands against the suite: one of its answers after the same prompt. */
  @Test
  void aCandidateThatForgetsComesBackWithASmallerStepAndTheWindowIsNotLost() throws IOException {
    List<RetentionSuite> suites =
        List.of(
            new RetentionSuite(
                "old",
                List.of(tokens(new Completion("p", "no")), tokens(new Completion("p", "z")))));
    RoundOutcome refused =
        runner(suites, gate(1e-3, 0)).run(plan(), recall("ok"), () -> false).orElseThrow();
    assertThat(refused.verdict()).isInstanceOf(Verdict.Refuse.class);
    assertThat(refused.verdict().reasons()).anyMatch(line -> line.startsWith("loss on skill old"));
    RoundOutcome mended =
        runner(suites, gate(1e-3, 16)).run(plan(), recall("ok"), () -> false).orElseThrow();
    assertThat(mended.verdict()).isNotInstanceOf(Verdict.Refuse.class);
    assertThat(mended.verdict().reasons())
        .anyMatch(line -> line.startsWith("pulled back by half of its step: loss on skill old"));
    assertThat(mended.training().steps()).isEqualTo(refused.training().steps());
    assertThat(staged()).isEmpty();
  }

  @Test
  void aStoreThatFailsIsNotTakenForTheEngine() throws IOException {
    Path session = session();
    Files.move(session, root.resolve("aside"));
    Files.createFile(session);
    try {
      assertThatThrownBy(() -> run(recall("ok"))).isInstanceOf(IOException.class);
    } finally {
      Files.delete(session);
      Files.move(root.resolve("aside"), session);
    }
    assertThat(run(recall("ok"))).isPresent();
  }

  private Optional<RoundOutcome> run(Recall recall) throws IOException {
    return runner.run(plan(), recall, () -> false);
  }

  private TensorCallException failure(Recall recall) {
    try {
      run(recall);
      throw new AssertionError("the round did not fail");
    } catch (TensorCallException failed) {
      return failed;
    } catch (IOException store) {
      throw new AssertionError(store);
    }
  }

  private Path session() throws IOException {
    try (Stream<Path> below = Files.walk(root)) {
      return below
          .filter(path -> path.getFileName().toString().startsWith("session-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> below = Files.walk(root)) {
      return below.filter(path -> path.getFileName().toString().startsWith("artifact-")).toList();
    }
  }

  private static RoundPlan plan() {
    List<Long> offsets = IntStream.range(0, RECORDS).mapToObj(Long::valueOf).toList();
    return new RoundPlan(new Window(0, "a", offsets, Window.Cause.FULL), AdapterLine.NEW);
  }

  /** All records stand on the shelf. */
  private static Recall recall(String completion) {
    Shelf shelf = new Shelf(1 << 24);
    for (int offset = 0; offset < RECORDS; offset++) {
      shelf.put(
          new ConsumerRecord<>(
              "training",
              0,
              offset,
              "a".getBytes(StandardCharsets.UTF_8),
              Integer.toString(offset).getBytes(StandardCharsets.UTF_8)));
    }
    return new Recall(
        () ->
            OffsetReader.open(
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                Sources.of("training"),
                shelf,
                Duration.ofSeconds(1)),
        new RecordReader<>(
            (topic, bytes) -> example(new String(bytes, StandardCharsets.UTF_8), completion),
            Duration.ofSeconds(1)));
  }

  private static WeightedExample example(String id, String completion) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(
                    TrainingExample.newBuilder()
                        .setId("id-" + id)
                        .setAdapter("a")
                        .setPrompt("p")
                        .setCompletion(completion)
                        .setEventTime(now)
                        .build())
                .setOrigin(new RecordOrigin("t", 0, Long.parseLong(id)))
                .setBaseDigest("d")
                .setPromptTokens(1)
                .setResponseTokens(1)
                .setBaseLoss(1.0)
                .setScorerVersion("t")
                .setScoredAt(now)
                .build())
        .setWeight(0.5)
        .setPolicyVersion("uniform/1")
        .setWeighedAt(now)
        .build();
  }

  /** An x is a token that the base has no row for. */
  private static TokenSequence tokens(ExampleText text) {
    int[] ids =
        ((Completion) text)
            .completion()
            .chars()
            .map(c -> c == 'x' ? UNKNOWN : 3 + c % 20)
            .toArray();
    return new TokenSequence(
        IntStream.concat(IntStream.of(4), IntStream.of(ids)).toArray(), ids.length);
  }
}
