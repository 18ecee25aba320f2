package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTopologyTest {
  private static final Duration A_TICK = Duration.ofSeconds(2);
  private static final String SELECTING = "route: {lagAbove: 100, window: 8, keep: 0.25}";

  @TempDir private Path folder;

  @Test
  void byDefaultEverythingGoesToTraining() {
    try (Rig rig = new Rig(folder)) {
      rig.behind(1e9);
      IntStream.range(0, 20).forEach(i -> rig.produce(scored(i, "any")));
      assertThat(rig.training()).hasSize(20).allMatch(each -> each.getLane() == null);
      assertThat(rig.rejected()).isEmpty();
    }
  }

  @Test
  void aLaneWithATopicOfItsOwnGoesThereAndOneWithoutGoesToTraining() {
    try (Rig rig =
        new Rig(
            folder,
            "lanes: [news]",
            "route: {lanes: [{lane: news, sources: [paper]}, {lane: rest, sources: [mail]}]}")) {
      rig.produce(scored(0, "paper"));
      rig.produce(scored(1, "mail"));
      rig.produce(scored(2, "web"));
      assertThat(rig.read(rig.topics().training("news")))
          .extracting(WeightedExample::getLane)
          .containsExactly("news");
      assertThat(rig.training()).extracting(WeightedExample::getLane).containsExactly("rest", null);
    }
  }

  @Test
  void budgetsCountPerSourceClassAndTimeAndSayWhichWasSpent() {
    try (Rig rig =
        new Rig(
            folder,
            "route: {budgets: [{by: source, value: web, records: 2, per: PT1H},"
                + " {by: adapter, records: 4, per: PT1H}, {by: class, value: NOVEL, records: 0, per: PT1H}]}")) {
      IntStream.range(0, 4).forEach(i -> rig.produce(scored(i, "web")));
      IntStream.range(4, 8).forEach(i -> rig.produce(scored(i, "mail")));
      assertThat(ids(rig.training())).containsExactly("e0", "e1", "e4", "e5");
      assertThat(rig.rejected())
          .extracting(Rejection::getReason)
          .containsExactly(
              "OVER_SOURCE_BUDGET", "OVER_SOURCE_BUDGET", "OVER_BUDGET", "OVER_BUDGET");
      rig.produceAt(scored(8, "web"), Rig.START.plus(Duration.ofHours(1)));
      assertThat(ids(rig.training())).containsExactly("e8");
    }
  }

  @Test
  void whileTheTrainerIsBehindTheBestOfAWindowGoOnAndTheOthersAreRefused() {
    try (Rig rig = new Rig(folder, SELECTING.replace("keep", "selection: longest, keep"))) {
      rig.behind(101);
      IntStream.range(0, 8).forEach(i -> rig.produce(tokens(i, i * 7 % 8)));
      assertThat(ids(rig.training())).containsExactly("e1", "e2");
      assertThat(rig.rejected())
          .hasSize(6)
          .allMatch(each -> each.getReason().equals("NOT_SELECTED"));
    }
  }

  @Test
  void whatWasKeptGoesOnAsSoonAsTheTrainerHasCaughtUp() {
    try (Rig rig = new Rig(folder, SELECTING)) {
      rig.behind(101);
      rig.produce(scored(0, "any"));
      assertThat(rig.training()).isEmpty();
      rig.behind(3);
      rig.advance(A_TICK);
      assertThat(ids(rig.training())).containsExactly("e0");
      rig.produce(scored(1, "any"));
      assertThat(ids(rig.training())).containsExactly("e1");
    }
  }

  @Test
  void whatWaitsInAWindowSurvivesARestart() throws IOException {
    Rig rig = new Rig(folder, SELECTING);
    rig.behind(101);
    for (int i = 0; i < 5; i++) {
      rig.produce(scored(i, "any"));
    }
    int refused = rig.rejected().size();
    rig = rig.restarted();
    rig.behind(101);
    for (int i = 5; i < 8; i++) {
      rig.produce(scored(i, "any"));
    }
    assertThat(rig.training()).hasSize(2);
    assertThat(rig.rejected().size() + refused).isEqualTo(6);
    rig.close();
  }

  @Test
  void outliersWaitForAnAnswerWhereReviewIsOn() {
    try (Rig rig = new Rig(folder, "route: {review: true, reviewExamples: 2}")) {
      learnWhatIsUsual(rig);
      rig.produce(wrong(500));
      rig.produce(wrong(501));
      rig.produce(wrong(502));
      assertThat(rig.training()).isEmpty();
      assertThat(ids(rig.read(rig.topics().review()))).containsExactly("e500", "e501");
      assertThat(rig.rejected()).extracting(Rejection::getReason).containsExactly("REVIEW_FULL");

      rig.produce(order("1", Command.APPROVE, "review:e501"));
      rig.produce(order("2", Command.DROP, "review:*"));
      rig.advance(A_TICK);
      List<WeightedExample> approved = rig.training();
      assertThat(ids(approved)).containsExactly("e501");
      assertThat(approved.get(0).getLane()).isEqualTo("approved");
      assertThat(approved.get(0).getWeight()).isLessThanOrEqualTo(0.1);
      List<Rejection> dropped = rig.rejected();
      assertThat(dropped).extracting(Rejection::getReason).containsExactly("DROPPED");
      assertThat(dropped.get(0).getValue().array())
          .isEqualTo(rig.bytes(rig.topics().scored(), wrong(500)));
    }
  }

  @Test
  void whatNobodyAnswersOrSomebodyErasesIsLetGo() {
    try (Rig rig = new Rig(folder, "route: {review: true, reviewAge: PT1H}")) {
      learnWhatIsUsual(rig);
      rig.produce(wrong(500));
      rig.produce(wrong(501));
      rig.produce(order("1", Command.ERASE, "id:e501"));
      rig.advance(Duration.ofMinutes(30));
      assertThat(rig.rejected()).isEmpty();
      rig.advance(Duration.ofMinutes(31));
      assertThat(rig.rejected())
          .extracting(Rejection::getReason, Rejection::getExampleId)
          .containsExactly(org.assertj.core.api.Assertions.tuple("REVIEW_EXPIRED", "e500"));
      assertThat(rig.entries("route-waiting")).isZero();
    }
  }

  private static void learnWhatIsUsual(Rig rig) {
    Random random = new Random(1);
    IntStream.range(0, 300)
        .forEach(
            i ->
                rig.produce(
                    ScoredExample.newBuilder(scored(i, "any"))
                        .setBaseLoss(1 + random.nextDouble())
                        .setAdapterLoss(0.5)
                        .setAdapterVersion(1L)
                        .build()));
    rig.training();
  }

  private static ScoredExample wrong(int number) {
    return ScoredExample.newBuilder(scored(number, "any"))
        .setBaseLoss(9)
        .setAdapterLoss(9.5)
        .setAdapterVersion(1L)
        .build();
  }

  private static List<String> ids(List<WeightedExample> examples) {
    return examples.stream()
        .map(each -> each.getScored().getExample().getId())
        .collect(Collectors.toList());
  }

  private static ScoredExample tokens(int number, int tokens) {
    return ScoredExample.newBuilder(scored(number, "any")).setResponseTokens(tokens).build();
  }

  private static ScoredExample scored(int number, String source) {
    return Rig.scored(Rig.example("e" + number, "some text").setSource(source).build(), 2);
  }

  private static AdapterCommand order(String id, Command command, String argument) {
    return new AdapterCommand(
        id, "support", command, null, argument, "test", Rig.START.plusSeconds(60), null);
  }
}
