package io.alluvium.trainer.round;

import static io.alluvium.trainer.round.RoundRig.RECORDS;
import static io.alluvium.trainer.round.RoundRig.gate;
import static io.alluvium.trainer.round.RoundRig.plan;
import static io.alluvium.trainer.round.RoundRig.recall;
import static io.alluvium.trainer.round.RoundRig.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import io.alluvium.schemas.BaseModel;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.gate.measure.GateInputs.SkillScore;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.event.EventWriter;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.round.past.BestSkills;
import io.alluvium.trainer.round.past.PastFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds in which the tensor engine, or the store, does not do its work. No broker is asked. */
class RoundRunnerFaultTest {
  private static final EventWriter EVENTS =
      new EventWriter(
          Sources.of("training"),
          new BaseModel("tiny", "d"),
          RoundRig.SPEC,
          RoundRig.SPEC,
          "c",
          "test");

  private final RoundRig rig;
  private final RoundRunner runner;

  RoundRunnerFaultTest(@TempDir Path folder) throws IOException {
    this.rig = RoundRig.in(folder);
    this.runner = rig.runner(List.of(), RoundRig.gate(0.1, 0));
  }

  @AfterEach
  void close() {
    rig.close();
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
    rig.decoder().close();
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
        rig.runner(suites, gate(1e-3, 0)).run(plan(), recall("ok"), () -> false).orElseThrow();
    assertThat(refused.verdict()).isInstanceOf(Verdict.Refuse.class);
    assertThat(refused.verdict().reasons()).anyMatch(line -> line.startsWith("loss on skill old"));
    RoundOutcome mended =
        rig.runner(suites, gate(1e-3, 16)).run(plan(), recall("ok"), () -> false).orElseThrow();
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
    RoundRunner judging = rig.runner(suites, gate(0.51, 1e-3, 0));
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
    try (ArtifactStore.Staged staged = rig.store().stage();
        Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, staged.folder().resolve(file.getFileName().toString()));
      }
      PastFile.write(staged.folder(), skills);
      return rig.store().publish("a", staged);
    }
  }

  @Test
  void aStoreThatFailsIsNotTakenForTheEngine() throws IOException {
    Path session = session();
    Files.move(session, rig.root().resolve("aside"));
    Files.createFile(session);
    try {
      assertThatThrownBy(() -> run(recall("ok"))).isInstanceOf(IOException.class);
    } finally {
      Files.delete(session);
      Files.move(rig.root().resolve("aside"), session);
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
    try (Stream<Path> below = Files.walk(rig.root())) {
      return below
          .filter(path -> path.getFileName().toString().startsWith("session-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> below = Files.walk(rig.root())) {
      return below.filter(path -> path.getFileName().toString().startsWith("artifact-")).toList();
    }
  }
}
