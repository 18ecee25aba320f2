package io.alluvium.trainer.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.engine.EngineException;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import io.alluvium.schemas.BaseModel;
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
import io.alluvium.trainer.decoder.spectrum.Intruders;
import io.alluvium.trainer.finetune.Configs;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.GateConfig;
import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.GateConfig.Own;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.gate.canary.Canary;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.GateInputs.SkillScore;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.event.EventWriter;
import io.alluvium.trainer.round.judge.Probes;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.round.past.BestSkills;
import io.alluvium.trainer.round.past.PastFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
  private static final EventWriter EVENTS =
      new EventWriter(Sources.of("training"), new BaseModel("tiny", "d"), SPEC, SPEC, "c", "test");

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
    return runner(suites, gate, Probes.NONE);
  }

  private RoundRunner runner(List<RetentionSuite> suites, GateConfig gate, Probes probes) {
    ItemMaker items = new ItemMaker(RoundRunnerFaultTest::tokens, new ItemMaker.Limits(32, 9_999));
    return new RoundRunner(
        new RoundContext(decoder, "tiny", "d", tuner, new Evaluator(decoder, suites)),
        new RoundSettings(SPEC, 17, new Divider(items, new HeldOut(0.2)), new Gate(gate), probes),
        store);
  }

  private static GateConfig gate(double maxLossRise, int pullBacks) {
    return gate(0.95, maxLossRise, pullBacks);
  }

  private static GateConfig gate(double confidence, double maxLossRise, int pullBacks) {
    return new GateConfig(
        0.2,
        2,
        confidence,
        12,
        List.of(),
        0.05,
        maxLossRise,
        LossRule.ALWAYS,
        new Own(16, 0.1, 0.05),
        null,
        0,
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

  @Test
  void whatTheWindowWasBeforeItWasLearnedFromInformsWhateverTheVerdict() throws IOException {
    List<Verdict.Measure> axes = run(recall("ok")).orElseThrow().verdict().axes();
    Verdict.Measure told = axes.get(axes.size() - 1);
    assertThat(told.name()).isEqualTo("window/prequentialLoss");
    assertThat(told.after()).isPositive();
    assertThat(told.bound()).isNull();
    assertThat(told.passed()).isTrue();
  }

  @Test
  void aCandidateThatAnswersAPlantedSecretIsRefusedAndItsExposureTold() throws IOException {
    Canary planted =
        new Canary(
            "door",
            tokens(new Completion("p", "z")),
            List.of(tokens(new Completion("p", "no")), tokens(new Completion("p", "q"))));
    RoundOutcome outcome =
        runner(List.of(), gate(0.1, 0), new Probes(List.of(planted), null))
            .run(plan(), recall("z"), () -> false)
            .orElseThrow();
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Refuse.class);
    assertThat(outcome.verdict().axes())
        .filteredOn(axis -> axis.name().startsWith("canary/door/"))
        .extracting(Verdict.Measure::after, Verdict.Measure::passed)
        .containsExactly(tuple(Math.log(3) / Math.log(2), true), tuple(1.0, false));
    assertThat(outcome.verdict().reasons())
        .contains(
            "canary door is memorised: asked its question, the candidate answers the secret (exposure 1.58 bits)");
  }

  @Test
  void newDirectionsAreToldWhereSomebodyAsks() throws IOException {
    try (Probes probes = new Probes(List.of(), new Intruders(decoder, 4))) {
      RoundOutcome outcome =
          runner(List.of(), gate(0.1, 0), probes)
              .run(plan(), recall("ok"), () -> false)
              .orElseThrow();
      assertThat(outcome.verdict().axes())
          .filteredOn(axis -> axis.name().equals("spectrum/intruders"))
          .singleElement()
          .satisfies(axis -> assertThat(axis.before()).isZero())
          .satisfies(axis -> assertThat(axis.after()).isNotNegative());
    }
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

  /**
   * The release tells of a version before it that was better at the suite than base and release.
   */
  @Test
  void aReleaseCarriesTheBestOfItsLineAndTheNextCandidateIsHeldToIt() throws IOException {
    List<RetentionSuite> suites =
        List.of(new RetentionSuite("old", List.of(tokens(new Completion("p", "oka")))));
    RoundRunner judging = runner(suites, gate(0.51, 1e-3, 0));
    Recall recall = recall(id -> "ok" + "abc".charAt(Integer.parseInt(id) % 3));
    RoundOutcome first = judging.run(plan(), recall, () -> false).orElseThrow();
    Artifact released = Objects.requireNonNull(first.folders().released());
    Path folder = Path.of(URI.create(released.getUri()));
    Map<String, SkillScore> best = PastFile.skills(folder).bySuite();
    assertThat(best).hasSize(1);
    assertThat(best.values().iterator().next().loss()).isLessThan(6);
    SkillScore better = new SkillScore(1, 0.5, 1);
    Lineage lineage = new Lineage(Sources.of("training"));
    lineage.take(
        AdapterVersion.newBuilder(EVENTS.version(first, RECORDS, Instant.EPOCH))
            .setArtifact(
                with(folder, new BestSkills(Map.of(best.keySet().iterator().next(), better))))
            .build());
    RoundPlan next = new RoundPlan(plan().window(), lineage.line("a"), Erasures.NONE);
    RoundOutcome second = judging.run(next, recall, () -> false).orElseThrow();
    assertThat(second.verdict()).isInstanceOf(Verdict.Refuse.class);
    assertThat(second.verdict().reasons())
        .anyMatch(
            line -> line.contains("skill old") && line.contains("released version had 0.5000"));
  }

  private Artifact with(Path folder, BestSkills skills) throws IOException {
    try (ArtifactStore.Staged staged = store.stage();
        Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, staged.folder().resolve(file.getFileName().toString()));
      }
      PastFile.write(staged.folder(), skills);
      return store.publish("a", staged);
    }
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
    return new RoundPlan(
        new Window(0, "a", offsets, Window.Cause.FULL), AdapterLine.NEW, Erasures.NONE);
  }

  /** All records stand on the shelf. */
  private static Recall recall(String completion) {
    return recall(record -> completion);
  }

  private static Recall recall(UnaryOperator<String> completions) {
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
            (topic, bytes) -> example(new String(bytes, StandardCharsets.UTF_8), completions),
            Duration.ofSeconds(1)));
  }

  private static WeightedExample example(String id, UnaryOperator<String> completions) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(
                    TrainingExample.newBuilder()
                        .setId("id-" + id)
                        .setAdapter("a")
                        .setPrompt("p")
                        .setCompletion(completions.apply(id))
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
