package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders are obeyed once, and erasures reach what there is and what comes back, in bounded steps.
 */
class OrdersTopologyTest {
  private static final Duration A_TICK = Duration.ofSeconds(2);
  private static final Instant ORDERED = Rig.START.plusSeconds(60);
  private static final Instant LATER = ORDERED.plusSeconds(60);
  private static final String KEEPING = "replay: {share: 0.5, examples: 1000, repeats: 1000}";

  @TempDir private Path folder;

  @Test
  void anAnswerForAllThatWaitedIsNotGivenAgainAfterARestart() throws IOException {
    Rig rig = new Rig(folder, "replay: {share: 0}", "route: {review: true}");
    learnWhatIsUsual(rig);
    AdapterCommand approve = order("1", "support", Command.APPROVE, "review:*");
    rig.produce(wrong(500));
    rig.produce(approve);
    rig.advance(A_TICK);
    assertThat(ids(rig.training())).containsExactly("e500");
    rig = rig.restarted();
    rig.produce(approve);
    rig.produce(wrong(501));
    rig.advance(A_TICK);
    assertThat(rig.training()).isEmpty();
    rig.produce(order("2", "support", Command.DROP, "review:*"));
    rig.advance(A_TICK);
    assertThat(rig.rejected())
        .extracting(Rejection::getReason, Rejection::getExampleId)
        .containsExactly(tuple("DROPPED", "e501"));
    rig.close();
  }

  @Test
  void anAnswerThatWasAbortedIsGivenAgain() {
    try (Rig rig = new Rig(folder, "replay: {share: 0}", "route: {review: true}")) {
      learnWhatIsUsual(rig);
      rig.produce(wrong(500));
      Rig.Committed committed = rig.committed();
      rig.produce(order("1", "support", Command.APPROVE, "review:*"));
      rig.advance(A_TICK);
      assertThat(ids(rig.training())).containsExactly("e500");
      rig.aborted(committed);
      rig.produce(scored(600, "any", LATER));
      rig.training();
      rig.advance(A_TICK);
      assertThat(ids(rig.training())).containsExactly("e500");
    }
  }

  @Test
  void anOrderForEverybodyGoesThroughAllAdaptersInStepsAndOnAfterARestart() throws IOException {
    int adapters = 2_500;
    Rig rig = new Rig(folder, KEEPING);
    for (int i = 0; i < adapters; i++) {
      rig.produce(of("a" + i, scored(i, i % 2 == 0 ? "ann" : "bob", Rig.START)));
    }
    AdapterCommand erase = order("1", "*", Command.ERASE, "subject:ann");
    rig.produce(erase);
    rig.advance(A_TICK);
    assertThat(rig.entries("replay-examples")).isBetween(adapters / 2 + 1L, adapters - 1L);
    long left = rig.entries("replay-examples");
    rig = rig.restarted();
    rig.produce(erase);
    rig.advance(A_TICK);
    assertThat(rig.entries("replay-examples")).isLessThan(left);
    for (int step = 0; step < 5; step++) {
      rig.advance(A_TICK);
    }
    assertThat(rig.kept())
        .hasSize(adapters / 2)
        .noneMatch(each -> "ann".equals(each.getExample().getSubject()));
    rig.close();
  }

  @Test
  void anOrderForEverybodyReachesWhatWaitsOfAllAdapters() {
    try (Rig rig = new Rig(folder, "route: {lagAbove: 100, window: 8, keep: 1}")) {
      rig.behind(101);
      for (int i = 0; i < 20; i++) {
        rig.produce(of("a" + i, scored(i, i % 2 == 0 ? "ann" : "bob", Rig.START)));
      }
      rig.produce(order("1", "*", Command.ERASE, "subject:ann"));
      rig.advance(A_TICK);
      assertThat(rig.entries("route-orders")).as("its position alone").isEqualTo(1);
      rig.behind(0);
      rig.advance(A_TICK);
      assertThat(rig.training())
          .hasSize(10)
          .allMatch(each -> "bob".equals(each.getScored().getExample().getSubject()));
    }
  }

  @Test
  void whatWasUnderWayWhenItWasOrderedToBeErasedGoesNoFurther() throws IOException {
    Rig rig = new Rig(folder, KEEPING);
    AdapterCommand erase = order("1", "support", Command.ERASE, "subject:ann");
    AdapterCommand everywhere = order("2", "*", Command.ERASE, "id:e2");
    rig.produce(erase);
    rig.produce(everywhere);
    rig.advance(A_TICK);
    rig = rig.restarted();
    rig.produceAt(scored(1, "ann", Rig.START, LATER), LATER);
    rig.produceAt(of("sales", scored(2, "bob", Rig.START, LATER)), LATER);
    rig.produceAt(of("sales", scored(3, "ann", Rig.START, LATER)), LATER);
    rig.produceAt(scored(4, "bob", Rig.START, LATER), LATER);
    rig.produceAt(scored(5, "ann", LATER, LATER), LATER);
    assertThat(ids(rig.training())).containsExactly("e3", "e4", "e5");
    assertThat(rig.rejected())
        .extracting(Rejection::getReason, Rejection::getExampleId, Rejection::getValue)
        .containsExactly(tuple("ERASED", "e1", null), tuple("ERASED", "e2", null));
    assertThat(rig.kept()).extracting(each -> each.getExample().getId()).doesNotContain("e1", "e2");
    rig.close();
  }

  @Test
  void anOrderIsForgottenWhenNothingCanBeUnderWayAnyMore() {
    try (Rig rig = new Rig(folder, KEEPING)) {
      rig.produce(order("1", "support", Command.ERASE, "subject:ann"));
      rig.advance(A_TICK);
      long orders = rig.entries("replay-orders");
      rig.advance(Duration.ofDays(15));
      Instant much = ORDERED.plus(Duration.ofDays(14)).plusMillis(1);
      rig.produceAt(scored(1, "ann", Rig.START, much), much);
      assertThat(ids(rig.training())).containsExactly("e1");
      rig.advance(A_TICK);
      assertThat(rig.entries("replay-orders")).isEqualTo(orders - 1);
    }
  }

  /** The record's timestamp runs ahead with a producer's clock, and the log's time with it. */
  @Test
  void whatStandsAheadOfTheClockIsErasedToo() {
    try (Rig rig = new Rig(folder, KEEPING, "route: {lagAbove: 100, window: 8, keep: 1}")) {
      Instant ahead = ORDERED.plus(Duration.ofMinutes(50));
      rig.produceAt(scored(1, "ann", ahead, Rig.START), ahead);
      rig.produceAt(scored(2, "bob", ahead, Rig.START), ahead);
      rig.behind(101);
      rig.produceAt(scored(3, "ann", ahead, Rig.START), ahead);
      rig.training();
      rig.produce(order("1", "support", Command.ERASE, "subject:ann"));
      rig.advance(A_TICK);
      assertThat(rig.kept())
          .extracting(each -> each.getExample().getId())
          .contains("e2")
          .doesNotContain("e1", "e3");
      rig.behind(0);
      rig.advance(A_TICK);
      assertThat(ids(rig.training())).doesNotContain("e3");
    }
  }

  @Test
  void orderAndExampleMayBeReadInAnyOrder() {
    for (boolean isOrderFirst : new boolean[] {true, false}) {
      try (Rig rig = new Rig(folder, KEEPING)) {
        if (isOrderFirst) {
          rig.produce(order("1", "support", Command.ERASE, "subject:ann"));
          rig.advance(A_TICK);
        }
        IntStream.range(0, 20)
            .forEach(
                i ->
                    rig.produceAt(
                        scored(
                            i, i % 3 == 0 ? "ann" : "bob", i % 2 == 0 ? Rig.START : LATER, LATER),
                        LATER));
        if (!isOrderFirst) {
          rig.produce(order("1", "support", Command.ERASE, "subject:ann"));
          rig.advance(A_TICK);
        }
        assertThat(rig.kept().stream().map(each -> each.getExample().getId()).sorted())
            .isEqualTo(
                IntStream.range(0, 20)
                    .filter(i -> i % 6 != 0)
                    .mapToObj(i -> "e" + i)
                    .sorted()
                    .toList());
      }
    }
  }

  private static void learnWhatIsUsual(Rig rig) {
    Random random = new Random(1);
    IntStream.range(0, 300)
        .forEach(
            i ->
                rig.produce(
                    ScoredExample.newBuilder(scored(i, "any", Rig.START))
                        .setBaseLoss(1 + random.nextDouble())
                        .setAdapterLoss(0.5)
                        .setAdapterVersion(1L)
                        .build()));
    rig.training();
  }

  private static ScoredExample wrong(int number) {
    return ScoredExample.newBuilder(scored(number, "any", Rig.START))
        .setBaseLoss(9)
        .setAdapterLoss(9.5)
        .setAdapterVersion(1L)
        .build();
  }

  private static ScoredExample of(String adapter, ScoredExample scored) {
    TrainingExample example =
        TrainingExample.newBuilder(scored.getExample()).setAdapter(adapter).build();
    return ScoredExample.newBuilder(scored).setExample(example).build();
  }

  private static ScoredExample scored(int number, String subject, Instant eventTime) {
    return scored(number, subject, eventTime, Rig.START);
  }

  private static ScoredExample scored(
      int number, String subject, Instant eventTime, Instant scoredAt) {
    TrainingExample example =
        Rig.example("e" + number, "text " + number)
            .setPrompt("question " + number)
            .setSubject(subject)
            .setEventTime(eventTime)
            .build();
    return ScoredExample.newBuilder(Rig.scored(example, 2)).setScoredAt(scoredAt).build();
  }

  private static AdapterCommand order(String id, String adapter, Command command, String argument) {
    return new AdapterCommand(id, adapter, command, null, argument, "test", ORDERED, null);
  }

  private static List<String> ids(List<WeightedExample> examples) {
    return examples.stream()
        .filter(each -> each.getReplayOf() == null)
        .map(each -> each.getScored().getExample().getId())
        .toList();
  }
}
