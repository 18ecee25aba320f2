package io.alluvium.trainer.round.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Freshness;
import io.alluvium.schemas.GateVerdict;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.VersionRange;
import io.alluvium.schemas.WeightSummary;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.publish.store.ArtifactStore.Staged;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that cannot be obeyed are refused in one line, and what can be obeyed is told whole. */
class RollbackFinderFaultTest {
  private static final Instant NOW = Instant.ofEpochMilli(5_000);
  private static final BaseModel BASE = new BaseModel("tiny", "d");

  private final ArtifactStore store;
  private List<AdapterVersion> events;

  RollbackFinderFaultTest(@TempDir Path folder) throws IOException {
    store = ArtifactStore.open(folder.resolve("store").toUri(), "test");
    Artifact first = published("1");
    events =
        List.of(
            version(1, Outcome.RELEASED, first, BASE),
            version(2, Outcome.CONTINUED, null, BASE),
            version(3, Outcome.RELEASED, published("3"), BASE),
            version(4, Outcome.ROLLED_BACK, first, BASE),
            version(5, Outcome.RELEASED, published("5"), new BaseModel("other", "e")),
            version(6, Outcome.REJECTED, null, BASE));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatCannotBeCurrentAgainIsNamed() throws IOException {
    assertThat(refusal(null, "keep")).isEqualTo("it names no version");
    assertThat(refusal(7L, "keep")).isEqualTo("there is no version 7, the last is 6");
    assertThat(refusal(2L, "keep")).isEqualTo("version 2 was never released (CONTINUED)");
    assertThat(refusal(4L, "keep")).isEqualTo("version 4 is version 1 again: name that");
    assertThat(refusal(5L, "keep")).isEqualTo("version 5 is of another base, other");
    assertThat(refusal(1L, "burn"))
        .isEqualTo("\"burn\" says nothing of the records after it: say quarantine or keep");
  }

  @Test
  void aFolderThatIsGoneIsNoVersionToGoBackTo() throws IOException {
    Path file = file(events.get(2));
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.writeString(file, "bent");
    assertThat(refusal(3L, "keep")).startsWith("version 3 cannot be read: ");
  }

  @Test
  void whatIsCurrentAndLastIsNothingToGoBackTo() throws IOException {
    events = events.subList(0, 4);
    assertThat(refusal(1L, "keep")).isEqualTo("version 1 is current, and nothing came after it");
    events = events.subList(0, 3);
    assertThat(refusal(3L, "keep")).isEqualTo("version 3 is current, and nothing came after it");
  }

  @Test
  void eventAndStateTellOfTheOrderAndTheReleaseThatIsCurrentAgain() throws IOException {
    Order order = new Order(8, command(3L, "keep"));
    Finding.Possible found = (Finding.Possible) find(order);
    assertThat(found.quarantined()).isEmpty();
    AnswerWriter writer = new AnswerWriter(BASE, "test");
    OffsetRange nothing = new OffsetRange("training", 0, 60L, 60L);
    AdapterVersion event = writer.event(order, found, new AnswerWriter.Seat(7, nothing, 60), NOW);
    assertThat(event.getOutcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(event.getArtifact()).isEqualTo(events.get(2).getArtifact());
    assertThat(event.getVerdict().getReasons())
        .containsExactly("version 3 again, ordered by ann: bad labels");
    assertThat(event.getHeldOut()).isEmpty();
    assertThat(event.getCounts().getExamples()).isZero();
    AdapterState paused = writer.paused(null, "a", new Order(7, pause()), NOW);
    AdapterState state = writer.rolledBack(paused, order, event, NOW);
    assertThat(state.getCurrentVersion()).isEqualTo(3);
    assertThat(state.getLastVersion()).isEqualTo(7);
    assertThat(state.getOrdersBelow()).isEqualTo(9);
    assertThat(state.getPaused()).as("what others wrote is kept").isTrue();
    assertThat(Objects.requireNonNull(state.getLastOrder()).getVersion()).isEqualTo(7);
    AdapterState refused = writer.refused(state, new Order(9, command(99L, "keep")), "no", NOW);
    assertThat(refused.getCurrentVersion()).isEqualTo(3);
    assertThat(refused.getOrdersBelow()).isEqualTo(10);
    assertThat(Objects.requireNonNull(refused.getLastOrder()).getRefusal()).isEqualTo("no");
  }

  @Test
  void versionsAreFlaggedWithThoseThatAreThemAgain() throws IOException {
    AnswerWriter writer = new AnswerWriter(BASE, "test");
    AdapterState paused = writer.paused(null, "a", new Order(1, pause()), NOW);
    AdapterState before = AdapterState.newBuilder(paused).setLastVersion(6).build();
    AdapterState wrong = writer.flagged(before, new Order(2, flag("2-9")), NOW);
    assertThat(wrong.getFlagged()).isEmpty();
    assertThat(Objects.requireNonNull(wrong.getLastOrder()).getRefusal())
        .isEqualTo("\"2-9\" names no versions up to 6: write them as in 3-5,7");
    AdapterState flagged = writer.flagged(before, new Order(2, flag("2-3")), NOW);
    assertThat(flagged.getFlagged()).containsExactly(new VersionRange(2L, 3L));
    assertThat(flagged.getOrdersBelow()).isEqualTo(3);
    assertThat(flagged.getPaused()).isTrue();
    AdapterState erased = writer.erased(flagged, "a", new Order(3, flag("")), NOW);
    assertThat(erased.getFlagged()).isEqualTo(flagged.getFlagged());
    assertThat(erased.getPaused()).isTrue();
    assertThat(erased.getOrdersBelow()).isEqualTo(4);

    Order back = new Order(8, command(3L, "keep"));
    Finding.Possible found = (Finding.Possible) find(back);
    OffsetRange nothing = new OffsetRange("training", 0, 60L, 60L);
    AdapterVersion event = writer.event(back, found, new AnswerWriter.Seat(7, nothing, 60), NOW);
    assertThat(writer.rolledBack(flagged, back, event, NOW).getFlagged())
        .containsExactly(new VersionRange(2L, 3L), new VersionRange(7L, 7L));
  }

  private static AdapterCommand flag(String versions) {
    return AdapterCommand.newBuilder(pause())
        .setCommand(Command.FLAG)
        .setArgument(versions)
        .build();
  }

  @Test
  void streamsAppIsOrderedToForgetWhereTheExamplesStood() {
    Order order = new Order(8, command(3L, "quarantine"));
    Finding.Possible found =
        new Finding.Possible(
            events.get(2), List.of(), List.of(new OffsetRange("examples.accepted", 2, 5L, 9L)));
    assertThat(new AnswerWriter(BASE, "test").erasures(order, found, NOW))
        .singleElement()
        .satisfies(
            erase -> {
              assertThat(erase.getCommand()).isEqualTo(Command.ERASE);
              assertThat(erase.getArgument()).isEqualTo("accepted:2:5-9");
              assertThat(erase.getAdapter()).isEqualTo("a");
              assertThat(erase.getIssuedAt()).isEqualTo(NOW);
            });
  }

  private String refusal(@Nullable Long version, String records) throws IOException {
    return ((Finding.Refused) find(new Order(0, command(version, records)))).why();
  }

  /** Without records to read, for none of these orders asks for any. */
  private Finding find(Order order) throws IOException {
    return new RollbackFinder("d", store, new Recall(RollbackFinderFaultTest::unread, reader()))
        .find(order.command(), events);
  }

  private static OffsetReader unread() {
    throw new IllegalStateException("nothing is to be read");
  }

  private static RecordReader<WeightedExample> reader() {
    return new RecordReader<>(
        (topic, bytes) -> {
          throw new IllegalStateException("nothing is to be read");
        },
        Duration.ofSeconds(1));
  }

  private static AdapterCommand command(@Nullable Long version, String records) {
    return AdapterCommand.newBuilder(pause())
        .setCommand(Command.ROLLBACK)
        .setVersion(version)
        .setArgument(records)
        .build();
  }

  private static AdapterCommand pause() {
    return AdapterCommand.newBuilder()
        .setId("1")
        .setAdapter("a")
        .setCommand(Command.PAUSE)
        .setIssuedBy("ann")
        .setIssuedAt(Instant.EPOCH)
        .setReason("bad labels")
        .build();
  }

  private Artifact published(String content) throws IOException {
    try (Staged staged = store.stage()) {
      Files.writeString(staged.folder().resolve("adapter_config.json"), content);
      return store.publish("a", staged);
    }
  }

  private static Path file(AdapterVersion event) {
    return Path.of(URI.create(Objects.requireNonNull(event.getArtifact()).getUri()))
        .resolve("adapter_config.json");
  }

  private static AdapterVersion version(
      long version, Outcome outcome, @Nullable Artifact artifact, BaseModel base) {
    long first = 10 * (version - 1);
    return AdapterVersion.newBuilder()
        .setAdapter("a")
        .setVersion(version)
        .setOutcome(outcome)
        .setParentVersion(1L)
        .setArtifact(artifact)
        .setBase(base)
        .setFormat("peft-lora")
        .setRank(8)
        .setAlpha(16)
        .setTargets(List.of())
        .setWindow(new OffsetRange("training", 0, first, first + 10))
        .setCounts(new Counts(10L, 1L, 0L, 0L, 100L))
        .setVerdict(new GateVerdict(true, List.of(), List.of()))
        .setWeights(new WeightSummary(null, null, 1.0, 10.0))
        .setFreshness(new Freshness(NOW, NOW, 0.0, 0.0, Map.of()))
        .setConfigDigest("c")
        .setBuild("t")
        .setCreatedAt(NOW)
        .build();
  }
}
