package io.alluvium.trainer.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.VersionRange;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.record.SendLimit;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.Patterns;
import io.alluvium.trainer.adapter.kind.Corda;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.publish.Rejections;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.publish.order.Orders;
import io.alluvium.trainer.publish.order.Quarantine;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.division.Division;
import io.alluvium.trainer.round.event.EventWriter;
import io.alluvium.trainer.round.outcome.RefusedRecord;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundOutcome.Folders;
import io.alluvium.trainer.round.outcome.RoundOutcome.Origin;
import io.alluvium.trainer.round.outcome.RoundOutcome.Training;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.round.start.Seed;
import io.alluvium.trainer.round.start.Starter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final DecoderConfig BASE = TinyModel.MISTRAL;
  private static final EventWriter EVENTS =
      new EventWriter(
          Sources.of("training"),
          new BaseModel("tiny", "d".repeat(64)),
          new LoraSpec(8, 16, List.of("q_proj", "v_proj")),
          new LoraSpec(8, 16, List.of("q_proj", "v_proj")),
          "c".repeat(64),
          "test");
  private static final AdapterLine SIX =
      new AdapterLine(
          6,
          null,
          null,
          0,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new AdapterLine.Progress(Map.of(), 0),
          Quarantine.NONE);

  private final Divider divider =
      new Divider(
          new ItemMaker(RoundTest::tokens, new ItemMaker.Limits(20, 1000)), new HeldOut(0.25));

  @Test
  void everyRecordIsInExactlyOnePart() {
    Division division = divider.divide(entries(200));
    assertThat(division.heldOut()).hasSizeBetween(30, 70);
    assertThat(division.refused()).hasSize(20);
    Division without = division.without(Set.of("id-1", "id-2", "id-3"), "exploded");
    Division quarantined = division.withoutQuarantined(List.of(new Culprit("id-1", "loss 1e9")));
    for (Division each : List.of(division, without, quarantined)) {
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      each.training().forEach(part -> all.add(part.entry().raw()));
      each.heldOut().forEach(part -> all.add(part.entry().raw()));
      each.refused().forEach(refused -> all.add(refused.raw()));
      assertThat(all).hasSize(200).doesNotHaveDuplicates();
    }
  }

  @Test
  void aQuarantinedRecordIsRefusedWithItsEvidenceAndNoOther() {
    Division before = divider.divide(entries(200));
    String id = before.training().get(3).item().id();
    Division after = before.withoutQuarantined(List.of(new Culprit(id, "alone its loss is 1e9")));
    RefusedRecord refused = after.refused().get(after.refused().size() - 1);
    assertThat(after.training()).hasSize(before.training().size() - 1);
    assertThat(after.heldOut()).isEqualTo(before.heldOut());
    assertThat(refused.refusal())
        .isEqualTo(new Refusal(Reason.QUARANTINED, "alone its loss is 1e9"));
    assertThat(refused.claimant().exampleId()).isEqualTo(id);
  }

  /** Nor is anything made of it that could fail, and its content is in no rejection. */
  @Test
  void whatIsErasedIsInNoOtherPartAndNotCopied() {
    Division division = divider.divide(entries(200), erasing("id-10", "id-11"));
    assertThat(division.training().size() + division.heldOut().size()).isEqualTo(179);
    List<RefusedRecord> erased =
        division.refused().stream()
            .filter(refused -> refused.refusal().reason() == Reason.ERASED)
            .toList();
    assertThat(erased)
        .extracting(refused -> refused.claimant().exampleId())
        .containsExactlyInAnyOrder("id-10", "id-11");
    Rejection rejection =
        new Rejections("train", "test", new SendLimit(1 << 20))
            .of(erased.get(0).raw(), erased.get(0).claimant(), erased.get(0).refusal(), BEGIN)
            .rejection();
    assertThat(rejection.getValue()).isNull();
    assertThat(rejection.getKey()).isNotNull();
    Division failed =
        Division.allRefused(
            entries(20), erasing("id-11"), new Refusal(Reason.ROUND_FAILED, "for a test"));
    assertThat(failed.refused())
        .filteredOn(refused -> refused.refusal().reason() == Reason.ERASED)
        .hasSize(1);
  }

  private static Erasures erasing(String... ids) {
    Orders orders = new Orders();
    for (String id : ids) {
      orders.take(
          1,
          AdapterCommand.newBuilder()
              .setId("order-" + id)
              .setAdapter("a")
              .setCommand(Command.ERASE)
              .setArgument("id:" + id)
              .setIssuedBy("test")
              .setIssuedAt(BEGIN)
              .build());
    }
    return orders.erasures("a");
  }

  @Test
  void whatComesFromAFlaggedVersionIsFlagged() {
    AdapterState before =
        AdapterState.newBuilder()
            .setAdapter("a")
            .setLastVersion(6)
            .setBase(new BaseModel("tiny", "d"))
            .setFlagged(List.of(new VersionRange(6L, 6L)))
            .setUpdatedAt(BEGIN)
            .build();
    Folders released = new Folders(new Artifact("file:///x", List.of(), 9L), null);
    RoundOutcome learned = outcome(new Verdict.Pass(List.of(), List.of()), released);
    assertThat(EVENTS.state(learned, before, BEGIN).getFlagged())
        .containsExactly(new VersionRange(6L, 7L));
    RoundOutcome refused = outcome(new Verdict.Refuse(List.of(), List.of("worse")), Folders.NONE);
    assertThat(EVENTS.state(refused, before, BEGIN).getFlagged())
        .as("nothing came of it")
        .containsExactly(new VersionRange(6L, 6L));
    AdapterState other =
        AdapterState.newBuilder(before).setFlagged(List.of(new VersionRange(5L, 5L))).build();
    assertThat(EVENTS.state(learned, other, BEGIN).getFlagged())
        .containsExactly(new VersionRange(5L, 5L));
  }

  @Test
  void aReleaseIsToldWithCountsFreshnessAndState() {
    RoundOutcome outcome =
        outcome(
            new Verdict.Pass(List.of(), List.of()),
            new Folders(new Artifact("file:///x", List.of(), 9L), null));
    Instant now = BEGIN.plusSeconds(300);
    AdapterVersion event = EVENTS.version(outcome, 150, now);
    assertThat(event.getOutcome()).isEqualTo(Outcome.RELEASED);
    assertThat(event.getKind()).isEqualTo("lora");
    assertThat(event.getCounts().getExamples() + event.getCounts().getRejected()).isEqualTo(200);
    assertThat(event.getFreshness().getP50Seconds()).isBetween(195.0, 205.0);
    assertThat(event.getFreshness().getP95Seconds()).isBetween(285.0, 295.0);
    assertThat(event.getWeights().getEffectiveSampleSize()).isEqualTo(200);
    assertThat(event.getWindow()).isEqualTo(new OffsetRange("training", 3, 0L, 400L - 1));
    assertThat(event.getWatermark()).isEqualTo(150);
    assertThat(event.getHeldOut())
        .hasSize(Math.toIntExact(event.getCounts().getHeldOut()))
        .isSubsetOf(outcome.plan().window().offsets());
    AdapterState state = EVENTS.state(outcome, null, now);
    assertThat(state.getCurrentVersion()).isEqualTo(7);
    assertThat(state.getLastVersion()).isEqualTo(7);
  }

  @Test
  void anotherKindOrPatternDoesNotGoOnFromARelease() throws Exception {
    List<String> targets = List.of("q_proj", "v_proj");
    LoraSpec corda = new LoraSpec(8, 16, targets, new Corda(), Patterns.NONE);
    RoundOutcome outcome =
        outcome(
            new Verdict.Pass(List.of(), List.of()),
            new Folders(new Artifact("file:///x", List.of(), 9L), null));
    AdapterVersion event =
        new EventWriter(
                Sources.of("training"),
                new BaseModel("tiny", "d"),
                corda,
                corda.published(BASE),
                "c",
                "test")
            .version(outcome, 150, BEGIN);
    assertThat(event.getRank()).as("what is published has twice the rank").isEqualTo(16);
    assertThat(event.getKind()).isEqualTo("corda");
    assertThat(starter(corda).continuable(event)).isTrue();
    assertThat(starter(new LoraSpec(16, 32, targets)).continuable(event)).isFalse();
    Patterns ranks = new Patterns(Map.of("q_proj", 4), Map.of(), null, null, List.of());
    assertThat(starter(new LoraSpec(8, 16, targets, new Corda(), ranks)).continuable(event))
        .isFalse();
  }

  @Test
  void aHeadIsNamedAndNotServed() {
    Artifact folder = new Artifact("file:///head", List.of(), 9L);
    RoundOutcome outcome =
        outcome(
            new Verdict.Continue(List.of(), List.of("not surely better")),
            new Folders(null, folder));
    AdapterVersion event = EVENTS.version(outcome, 150, BEGIN);
    assertThat(event.getOutcome()).isEqualTo(Outcome.CONTINUED);
    assertThat(event.getHead()).isEqualTo(folder);
    assertThat(event.getArtifact()).isNull();
    AdapterState state = EVENTS.state(outcome, null, BEGIN);
    assertThat(state.getCurrentVersion()).isNull();
    assertThat(state.getLastVersion()).isEqualTo(7);
  }

  @Test
  void aRefusalLeavesTheCurrentVersionAndWhatOthersWrote() {
    AdapterState before =
        AdapterState.newBuilder()
            .setAdapter("a")
            .setCurrentVersion(6L)
            .setArtifactUri("file:///six")
            .setLastVersion(6)
            .setBase(new BaseModel("tiny", "d"))
            .setAliases(Map.of("stable", 5L))
            .setUpdatedAt(BEGIN)
            .build();
    RoundOutcome outcome = outcome(new Verdict.Refuse(List.of(), List.of("worse")), Folders.NONE);
    AdapterState state = EVENTS.state(outcome, before, BEGIN.plusSeconds(1));
    assertThat(state.getCurrentVersion()).isEqualTo(6);
    assertThat(state.getLastVersion()).isEqualTo(7);
    assertThat(state.getAliases()).containsEntry("stable", 5L);
    assertThat(EVENTS.version(outcome, 150, BEGIN).getVerdict().getReasons()).contains("worse");
  }

  /** Weights are never in an event; axes are what could make it grow. */
  @Test
  void anEventWithManySkillsStaysBelowItsLimit() throws Exception {
    List<Verdict.Measure> axes =
        IntStream.range(0, 60)
            .mapToObj(
                n ->
                    new Verdict.Measure(
                        "retention/skill-" + n + "/exactMatch", 0.9, 0.8, 0.7, true))
            .toList();
    RoundOutcome outcome =
        outcome(new Verdict.Refuse(axes, List.of("x".repeat(200))), Folders.NONE);
    assertThat(EVENTS.version(outcome, 150, BEGIN).toByteBuffer().remaining())
        .isLessThan(16 * 1024);
  }

  @Test
  void seedsFollowFromConfigurationAdapterAndVersion() {
    assertThat(Seed.of(17, "a", 1)).isEqualTo(Seed.of(17, "a", 1));
    assertThat(
            Set.of(
                Seed.of(17, "a", 1), Seed.of(17, "a", 2), Seed.of(17, "b", 1), Seed.of(18, "a", 1)))
        .hasSize(4);
  }

  private static Starter starter(LoraSpec spec) throws IOException {
    return new Starter(
        BASE, "d", spec, ArtifactStore.open(Files.createTempDirectory("s").toUri(), "a"));
  }

  private RoundOutcome outcome(Verdict verdict, Folders folders) {
    List<Entry> entries = entries(200);
    List<Long> offsets = entries.stream().map(entry -> entry.raw().offset()).toList();
    return new RoundOutcome(
        new RoundPlan(new Window(3, "a", offsets, Window.Cause.FULL), SIX, Erasures.NONE),
        new Origin(6L, null),
        folders,
        verdict,
        entries,
        divider.divide(entries).shares(),
        Training.none("test"),
        Map.of("train", Duration.ofSeconds(2)));
  }

  /** Every tenth example is too long; between two there is one of somebody else. */
  private static List<Entry> entries(int records) {
    return IntStream.range(0, records)
        .mapToObj(
            n -> new Entry(raw(2L * n), example("a", n, n % 10 == 0 ? "y".repeat(30) : "yes")))
        .toList();
  }

  private static ConsumerRecord<byte[], byte[]> raw(long offset) {
    return new ConsumerRecord<>(
        "training", 3, offset, "a".getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  private static WeightedExample example(String adapter, int number, String completion) {
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(
                    TrainingExample.newBuilder()
                        .setId("id-" + number)
                        .setAdapter(adapter)
                        .setPrompt("p")
                        .setCompletion(completion)
                        .setEventTime(BEGIN.plusSeconds(number))
                        .build())
                .setOrigin(new RecordOrigin("t", 0, (long) number))
                .setBaseDigest("d")
                .setPromptTokens(1)
                .setResponseTokens(1)
                .setBaseLoss(1.0)
                .setScorerVersion("t")
                .setScoredAt(BEGIN)
                .build())
        .setWeight(0.5)
        .setPolicyVersion("uniform/1")
        .setWeighedAt(BEGIN)
        .build();
  }

  private static TokenSequence tokens(ExampleText text) {
    return new TokenSequence(new int[((Completion) text).completion().length() + 2], 1);
  }
}
