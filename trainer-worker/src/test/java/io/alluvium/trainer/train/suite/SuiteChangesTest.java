package io.alluvium.trainer.train.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.SuiteKey;
import io.alluvium.trainer.gate.measure.SuiteTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteChangesTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final String RIVER = "Which river flows through Aldern? The Ossa.";
  private static final String BRIDGES = "How many bridges cross the Ossa? Seven.";
  private static final String FERRY = "When was the ferry taken out of service? In autumn.";

  private final Map<String, SuiteItem> topic = new LinkedHashMap<>();

  @Test
  void whatIsThereIsNotWrittenAgain() {
    SuiteChanges first = start("tiny", NOW, RIVER, BRIDGES);
    assertThat(first.begun())
        .hasSize(2)
        .allMatch(item -> item.getSuite().equals("tiny/rivers"))
        .allMatch(item -> "tiny".equals(item.getBase()))
        .allMatch(item -> item.getEffectiveFrom().equals(NOW.plus(SuiteChanges.LEAD)));
    assertThat(start("tiny", LATER, RIVER, BRIDGES).size()).isZero();
    assertThat(start("tiny", LATER, BRIDGES, RIVER, RIVER).size()).as("order").isZero();
  }

  @Test
  void aChangedQuestionTakesThePlaceOfTheOldOneAtOneMoment() {
    start("tiny", NOW, RIVER, BRIDGES);
    SuiteChanges changed = start("tiny", LATER, RIVER, FERRY);
    assertThat(changed.begun()).hasSize(1);
    assertThat(changed.ended())
        .singleElement()
        .extracting(SuiteItem::getEffectiveUntil)
        .isEqualTo(changed.begun().get(0).getEffectiveFrom());
    assertThat(start("tiny", LATER, RIVER, FERRY).size()).isZero();
  }

  @Test
  void aQuestionThatComesBackIsGuardedAgain() {
    start("tiny", NOW, RIVER);
    start("tiny", NOW, BRIDGES);
    SuiteChanges back = start("tiny", LATER, RIVER);
    assertThat(back.begun()).hasSize(1);
    assertThat(back.begun().get(0).getEffectiveUntil()).isNull();
    assertThat(back.ended()).hasSize(1);
  }

  @Test
  void whatOthersWroteIsLeftAlone() {
    start("other", NOW, BRIDGES);
    SuiteItem operators =
        SuiteItem.newBuilder(topic.values().iterator().next())
            .setSuite("tiny/rivers")
            .setBase(null)
            .build();
    topic.put(SuiteKey.of(operators), operators);
    SuiteChanges changes = start("tiny", LATER, RIVER);
    assertThat(changes.begun()).hasSize(1);
    assertThat(changes.ended()).isEmpty();
    assertThat(changes.deleted()).isEmpty();
  }

  /** As {@code alluvium suite remove} does it. */
  @Test
  void whatAnOperatorRemovedStaysRemoved() {
    start("tiny", NOW, RIVER);
    topic.replaceAll(
        (key, item) ->
            SuiteItem.newBuilder(item)
                .setBase(null)
                .setEffectiveUntil(NOW.plusSeconds(20))
                .build());
    assertThat(start("tiny", LATER, RIVER).size()).isZero();
  }

  @Test
  void aSuiteThatIsNotMeasuredByAnyMoreStaysGuarded() {
    start("tiny", NOW, RIVER);
    SuiteChanges changes =
        SuiteChanges.between(
            topic,
            GuardedSuites.of("tiny", List.of(new SuiteTexts("ferries", List.of(FERRY)))),
            LATER);
    assertThat(changes.begun()).hasSize(1);
    assertThat(changes.ended()).isEmpty();
  }

  @Test
  void theRecordOfAnItemIsDeletedOnceNoExampleIsAsOldAsIt() {
    start("tiny", NOW, RIVER, BRIDGES);
    String dropped = SuiteKey.of(start("tiny", NOW, RIVER).ended().get(0));
    Instant end = NOW.plus(SuiteChanges.LEAD);
    assertThat(start("tiny", end.plus(SuiteChanges.OLDEST_EXAMPLE), RIVER).deleted()).isEmpty();
    assertThat(start("tiny", end.plus(SuiteChanges.OLDEST_EXAMPLE).plusMillis(1), RIVER).deleted())
        .containsExactly(dropped);
    assertThat(topic).hasSize(1);
  }

  /** What a role of that base does with the topic at its start. */
  private SuiteChanges start(String base, Instant now, String... texts) {
    GuardedSuites wanted =
        GuardedSuites.of(base, List.of(new SuiteTexts("rivers", List.of(texts))));
    SuiteChanges changes = SuiteChanges.between(topic, wanted, now);
    changes.begun().forEach(item -> topic.put(SuiteKey.of(item), item));
    changes.ended().forEach(item -> topic.put(SuiteKey.of(item), item));
    changes.deleted().forEach(topic::remove);
    return changes;
  }
}
