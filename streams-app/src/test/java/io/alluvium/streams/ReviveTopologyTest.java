package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction is aborted and the same processors go on from the stores as they were: whatever a
 * stage keeps in memory must be what its stores say.
 */
class ReviveTopologyTest {
  private static final Duration A_TICK = Duration.ofSeconds(2);
  private static final int STEP = 10;

  /**
   * Of a version, what is not the offset that its state began at, since offsets are taken twice.
   */
  private static final long NUMBER = (1L << 20) - 1;

  @TempDir private Path folder;

  @Test
  void everyStageDecidesAsIfNothingHadHappened() {
    String[] rules = {
      "replay: {share: 0.3, examples: 20}",
      "route: {lagAbove: 100, window: 8, keep: 0.5, review: true, reviewExamples: 5}"
    };
    List<Object> undisturbed = decisions(Set.of(), rules);
    assertThat(undisturbed).hasSizeGreaterThan(300);
    assertThat(decisions(Set.of(0, 3, 4, 11, 30, 31, 32, 49), rules)).isEqualTo(undisturbed);
  }

  @Test
  void whatWaitsForAnAnswerIsNeitherLostNorInvented() {
    try (Rig rig = new Rig(folder, "route: {lagAbove: 100, window: 8, keep: 0.5}")) {
      rig.behind(101);
      rig.produce(scored(0));
      Rig.Committed committed = rig.committed();
      rig.produce(scored(1));
      rig.produce(scored(2));
      rig.aborted(committed);
      rig.produce(scored(3));
      rig.behind(0);
      rig.advance(A_TICK);
      assertThat(rig.training())
          .extracting(each -> each.getScored().getExample().getId())
          .containsExactly("e0", "e3");
    }
  }

  @Test
  void anErasureThatWasAbortedIsDoneAgain() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.3, examples: 50}")) {
      for (int number = 0; number < 20; number++) {
        rig.produce(scored(number));
      }
      Rig.Committed committed = rig.committed();
      rig.produce(erase("e3"));
      rig.advance(A_TICK);
      assertThat(kept(rig)).doesNotContain("e3");
      rig.aborted(committed);
      assertThat(kept(rig)).contains("e3");
      rig.produce(scored(20));
      rig.advance(A_TICK);
      assertThat(kept(rig)).doesNotContain("e3").contains("e4");
    }
  }

  private static List<String> kept(Rig rig) {
    return rig.kept().stream().map(each -> each.getExample().getId()).toList();
  }

  /** Steps of some records each, of which some are done twice since the first time was aborted. */
  private List<Object> decisions(Set<Integer> aborted, String... rules) {
    List<Object> decisions = new ArrayList<>();
    try (Rig rig = new Rig(folder, rules)) {
      for (int step = 0; step < 50; step++) {
        rig.behind(step % 20 < 10 ? 0 : 101);
        Consumer<Rig> records = records(step);
        if (aborted.contains(step)) {
          Rig.Committed committed = rig.committed();
          records.accept(rig);
          told(rig);
          rig.aborted(committed);
        }
        records.accept(rig);
        decisions.addAll(told(rig));
        if (step % 7 == 0) {
          rig.advance(A_TICK);
          decisions.addAll(told(rig));
        }
      }
    }
    return decisions;
  }

  private static Consumer<Rig> records(int step) {
    Random random = new Random(step);
    List<TrainingExample> examples = new ArrayList<>();
    List<ScoredExample> scored = new ArrayList<>();
    for (int number = step * STEP; number < (step + 1) * STEP; number++) {
      int id = random.nextInt(4) == 0 ? random.nextInt(number + 1) : number;
      examples.add(Rig.example("e" + id, "An answer of its own, " + id).build());
      double loss = random.nextInt(12) == 0 ? 9 : 1 + random.nextDouble();
      scored.add(
          ScoredExample.newBuilder(scored(number))
              .setBaseLoss(loss)
              .setAdapterLoss(loss > 8 ? 9.5 : 0.5)
              .setAdapterVersion(1L)
              .build());
    }
    return rig -> {
      examples.forEach(rig::produce);
      scored.forEach(rig::produce);
    };
  }

  private static List<Object> told(Rig rig) {
    List<Object> told = new ArrayList<>();
    rig.accepted().forEach(each -> told.add("accepted " + each.getId()));
    rig.training().forEach(each -> told.add(decision(each)));
    rig.read(rig.topics().review())
        .forEach(each -> told.add("review " + each.getScored().getExample().getId()));
    rig.rejected().forEach(each -> told.add(each.getReason() + " " + each.getExampleId()));
    return told;
  }

  private static List<Object> decision(WeightedExample weighted) {
    return List.of(
        weighted.getScored().getExample().getId(),
        weighted.getReplayOf() == null,
        weighted.getWeight(),
        weighted.getTemperatureVersion() & NUMBER);
  }

  private static ScoredExample scored(int number) {
    String id = "e" + number;
    return Rig.scored(Rig.example(id, "some text").setPrompt("What of " + id + "?").build(), 2);
  }

  private static AdapterCommand erase(String id) {
    return new AdapterCommand(
        "erase-" + id,
        "support",
        Command.ERASE,
        null,
        "id:" + id,
        "test",
        Rig.START.plusSeconds(60),
        null);
  }
}
