package io.alluvium.cli.explain.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.explain.index.IndexBatch;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One version with the window [10, 20), 12 held out. */
class StorytellerTest {
  private static final AdapterVersion EVENT =
      AdapterVersion.newBuilder(TestRecords.version(1, 10, 20, Outcome.RELEASED))
          .setHeldOut(List.of(12L))
          .setCounts(new Counts(10L, 1L, 0L, 0L, 10L))
          .build();

  private final ExplainIndex index;

  StorytellerTest(@TempDir Path folder) {
    index = ExplainIndex.open(folder, "adapter.versions");
  }

  @BeforeEach
  void publish() {
    try (IndexBatch batch = index.batch()) {
      batch.version(WindowOf.of(EVENT), 0);
      index.write(batch);
    }
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static Place training(long offset) {
    return new Place("training", TestRecords.PARTITION, offset);
  }

  private void seen(Place place, Facts facts) {
    try (IndexBatch batch = index.batch()) {
      batch.sighting("q", new Sighting(TestRecords.ADAPTER, place, 1, facts));
      index.write(batch);
    }
  }

  private void weighed(long offset) {
    seen(training(offset), new Facts.Weighed(1, null, null, null, null, "uniform/1", null));
  }

  private RecordStory story() {
    List<RecordStory> stories = new Storyteller(index, offsets -> List.of(EVENT)).of("q", null);
    assertThat(stories).hasSize(1);
    return stories.get(0);
  }

  @Test
  void aRecordOfTheWindowWasTrainedOn() {
    weighed(10);
    assertThat(story().standing()).isEqualTo(RecordStory.Standing.TRAINED);
    assertThat(story().fates().values()).containsExactly(new Fate.Trained(EVENT));
    assertThat(new StoryText(event -> Optional.of(2)).lines(story()))
        .anyMatch(line -> line.strip().equals("trained on in 2 epochs by support@1 (released)"))
        .last()
        .asString()
        .isEqualTo("  in all     trained on in 1 windows (2 passes), held out in 0, waiting 0");
  }

  @Test
  void aRecordThatTheEventListsWasHeldOut() {
    weighed(12);
    assertThat(story().standing()).isEqualTo(RecordStory.Standing.HELD_OUT);
    assertThat(story().fates().values()).containsExactly(new Fate.HeldOut(EVENT));
  }

  @Test
  void aRecordThatTheTrainerRefusedWasSetAside() {
    weighed(13);
    Facts.Refused refusal = new Facts.Refused("train", "QUARANTINED", training(13));
    seen(new Place("examples.rejected", 0, 0), refusal);
    assertThat(story().standing()).isEqualTo(RecordStory.Standing.SET_ASIDE);
    assertThat(story().fates().values()).containsExactly(new Fate.SetAside(EVENT, refusal));
  }

  @Test
  void aRecordBehindTheWindowWaitsAndOneBeforeItWasPassedOver() {
    weighed(20);
    assertThat(story().fates().values()).containsExactly(new Fate.Waiting(20));
    weighed(9);
    assertThat(story().fates().values())
        .containsExactlyInAnyOrder(new Fate.Waiting(20), new Fate.PassedOver(20));
  }

  @Test
  void aSecondSendingThatWasRefusedDoesNotEndTheFirst() {
    seen(new Place("examples", 0, 1), new Facts.Sent());
    seen(
        new Place("examples.rejected", 0, 0),
        new Facts.Refused("dedup", "DUPLICATE_ID", new Place("examples", 0, 1)));
    assertThat(story().standing()).isEqualTo(RecordStory.Standing.REFUSED);
    weighed(11);
    assertThat(story().standing()).isEqualTo(RecordStory.Standing.TRAINED);
    assertThat(new StoryJson(event -> Optional.empty()).of(story()).get("seen")).hasSize(3);
  }

  @Test
  void whatCannotBeToldIsNotGuessed() {
    AdapterVersion old = AdapterVersion.newBuilder(EVENT).setHeldOut(List.of()).build();
    weighed(11);
    RecordStory story =
        new Storyteller(index, offsets -> List.of(old)).of("q", TestRecords.ADAPTER).get(0);
    assertThat(story.fates().values()).containsExactly(new Fate.EitherWay(old));
    assertThat(new Storyteller(index, offsets -> List.of(old)).of("q", "sales")).isEmpty();
  }
}
