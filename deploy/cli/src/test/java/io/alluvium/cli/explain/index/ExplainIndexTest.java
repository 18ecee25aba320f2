package io.alluvium.cli.explain.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.table.Batch;
import io.alluvium.cli.explain.table.Keys;
import io.alluvium.cli.explain.table.Table;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.NoveltyClass;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainIndexTest {
  private static final String VERSIONS = "adapter.versions";
  private static final Uuid ID = new Uuid(1, 2);
  private static final TopicPartition PARTITION = new TopicPartition("training", 3);

  @TempDir private Path folder = Path.of("");

  private ExplainIndex open() {
    return ExplainIndex.open(folder, VERSIONS);
  }

  private static Sighting weighed(long offset) {
    Facts facts =
        new Facts.Weighed(
            0.25, 1.5, null, "NOVEL", null, "flow/1", new Place("examples.scored", 3, 7));
    return new Sighting("support", new Place("training", 3, offset), 1_000 + offset, facts);
  }

  private static void write(ExplainIndex index, String id, Sighting sighting) {
    try (IndexBatch batch = index.batch()) {
      batch.sighting(id, sighting);
      batch.since(PARTITION, sighting.timeMs());
      batch.position(PARTITION, sighting.place().offset() + 1);
      index.write(batch);
    }
  }

  private static void window(
      ExplainIndex index, String adapter, long version, long first, long next) {
    try (IndexBatch batch = index.batch()) {
      batch.version(new WindowOf(adapter, version, new Place("training", 3, first), next), version);
      index.write(batch);
    }
  }

  @Test
  void whatWasWrittenIsThereWhenItIsOpenedAgain() {
    try (ExplainIndex index = open()) {
      assertThat(index.follow("training", ID)).isTrue();
      assertThat(index.position(PARTITION)).isEmpty();
      write(index, "q-1", weighed(4));
    }
    try (ExplainIndex index = open()) {
      assertThat(index.follow("training", ID)).isTrue();
      assertThat(index.position(PARTITION)).hasValue(5L);
      assertThat(index.knowsSince(PARTITION)).isTrue();
      assertThat(index.since()).isEqualTo(Map.of("training", Instant.ofEpochMilli(1_004)));
      assertThat(index.sightings("q-1")).containsExactly(weighed(4));
      assertThat(index.sightings("q-")).isEmpty();
      assertThat(index.sightings("q-11")).isEmpty();
    }
  }

  @Test
  void aBatchThatIsNotWrittenLeavesNothing() {
    try (ExplainIndex index = open();
        IndexBatch lost = index.batch()) {
      lost.sighting("q-1", weighed(4));
      lost.position(PARTITION, 5);
      assertThat(index.sightings("q-1")).isEmpty();
      assertThat(index.position(PARTITION)).isEmpty();
    }
  }

  @Test
  void aTopicThatWasMadeAnewIsReadAgainAndItsNamesakeIsOutOfSight() {
    try (ExplainIndex index = open()) {
      index.follow("training", ID);
      write(index, "q-1", weighed(4));
      assertThat(index.follow("training", new Uuid(3, 4))).isFalse();
      assertThat(index.position(PARTITION)).isEmpty();
      assertThat(index.sightings("q-1")).isEmpty();
      write(index, "q-1", weighed(0));
      assertThat(index.sightings("q-1")).containsExactly(weighed(0));
      index.forget("training");
      assertThat(index.sightings("q-1")).isEmpty();
    }
  }

  @Test
  void windowsAreThoseOfOneAdapter() {
    try (ExplainIndex index = open()) {
      window(index, "support", 1, 10, 20);
      window(index, "support", 2, 25, 30);
      window(index, "sales", 1, 5, 40);
      assertThat(index.windowOf("support", place(9))).isEmpty();
      assertThat(index.windowOf("support", place(10))).map(WindowOf::version).hasValue(1L);
      assertThat(index.windowOf("support", place(19))).map(WindowOf::version).hasValue(1L);
      assertThat(index.windowOf("support", place(20))).isEmpty();
      assertThat(index.windowOf("support", place(29))).map(WindowOf::version).hasValue(2L);
      assertThat(index.windowOf("support", place(30))).isEmpty();
      assertThat(index.settledBelow("support", place(0))).isEqualTo(30);
      assertThat(index.settledBelow("nobody", place(0))).isZero();
      assertThat(index.events("support")).isEqualTo(Map.of(1L, 1L, 2L, 2L));
    }
  }

  @Test
  void examplesOfASubjectAreFoundOnceEach() {
    try (ExplainIndex index = open()) {
      index.follow("training", ID);
      try (IndexBatch batch = index.batch()) {
        batch.subject("ann", "q-1", weighed(4));
        batch.subject("ann", "q-1", weighed(9));
        batch.subject("ben", "q-2", weighed(5));
        index.write(batch);
      }
      assertThat(index.ofSubject("ann"))
          .containsExactly(new ExplainIndex.OfSubject("support", "q-1"));
      assertThat(index.ofSubject("carl")).isEmpty();
      index.forget("training");
      assertThat(index.ofSubject("ann")).as("the topic was made anew").isEmpty();
    }
  }

  /** Its records have to be read again, for what it left out. */
  @Test
  void anIndexOfAnEarlierBuildKnowsNothing() {
    try (ExplainIndex index = open()) {
      index.follow("training", ID);
      write(index, "q-1", weighed(4));
    }
    try (Table table = Table.open(folder);
        Batch batch = new Batch()) {
      batch.put(Keys.of(Keys.LAYOUT), FactBytes.number(1));
      table.write(batch);
    }
    try (ExplainIndex index = open()) {
      assertThat(index.follow("training", ID)).isTrue();
      assertThat(index.position(PARTITION)).isEmpty();
      assertThat(index.sightings("q-1")).isEmpty();
    }
  }

  @Test
  void recordsOfAWindowAreItsAdaptersInItsRange() {
    try (ExplainIndex index = open()) {
      try (IndexBatch batch = index.batch()) {
        for (long offset = 8; offset < 14; offset++) {
          String adapter = offset == 11 ? "sales" : "support";
          batch.training(
              adapter,
              place(offset),
              new TrainingRecord(offset, offset, false, NoveltyClass.NOVEL));
        }
        index.write(batch);
      }
      assertThat(index.records(new WindowOf("support", 1, place(9), 13)))
          .extracting(TrainingRecord::offset)
          .containsExactly(9L, 10L, 12L);
    }
  }

  @Test
  void anIndexInUseIsSaidInOneLine() {
    try (ExplainIndex held = open()) {
      assertThat(held.since()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(CommandException.class)
          .matches(Table::isInUse)
          .hasMessageContaining("in use by another command");
    }
  }

  private static Place place(long offset) {
    return new Place("training", 3, offset);
  }
}
