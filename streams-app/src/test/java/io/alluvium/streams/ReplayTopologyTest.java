package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTopologyTest {
  private static final Duration ORDERS_ARE_LOOKED_AT = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @Test
  void byDefaultAFifthOfTheRecordsAreReplays() {
    try (Rig rig = new Rig(folder)) {
      IntStream.range(0, 400).forEach(i -> rig.produce(scored(i)));
      assertThat(rig.training()).filteredOn(each -> each.getReplayOf() != null).hasSize(99);
      assertThat(rig.entries("replay-examples")).isEqualTo(256);
    }
  }

  @Test
  void withoutAShareEveryExampleGoesThroughOnceAndNothingIsKept() {
    try (Rig rig = new Rig(folder, "replay: {share: 0}")) {
      IntStream.range(0, 50).forEach(i -> rig.produce(scored(i)));
      assertThat(rig.training()).hasSize(50).allMatch(each -> each.getReplayOf() == null);
      assertThat(rig.entries("replay-examples")).isZero();
    }
  }

  @Test
  void theShareIsExactOverAnyThousandRecords() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.2, repeats: 100}")) {
      IntStream.range(0, 1800).forEach(i -> rig.produce(scored(i)));
      List<Boolean> old = rig.training().stream().map(each -> each.getReplayOf() != null).toList();
      for (int first = 10; first + 1000 <= old.size(); first += 7) {
        assertThat(old.subList(first, first + 1000)).filteredOn(each -> each).hasSize(200);
      }
      assertThat(rig.meters.scrape()).contains("outcome=\"replayed\",reason=\"\",stage=\"replay\"");
    }
  }

  @Test
  void freshExamplesAreNeitherLostNorDoubled() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.3}")) {
      IntStream.range(0, 500).forEach(i -> rig.produce(scored(i)));
      assertThat(rig.training().stream().filter(each -> each.getReplayOf() == null).map(this::id))
          .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> "e" + i).toList());
    }
  }

  @Test
  void aReplayNamesWhereItStoodAndIsWeighedWithTheTemperatureInForce() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.5}")) {
      IntStream.range(0, 20).forEach(i -> rig.produce(scored(i)));
      List<WeightedExample> training = rig.training();
      WeightedExample replay =
          training.stream().filter(each -> each.getReplayOf() != null).findFirst().orElseThrow();
      assertThat(replay.getReplayOf().getTopic()).isEqualTo("examples.scored");
      assertThat(id(replay)).isEqualTo("e" + replay.getReplayOf().getOffset());
      assertThat(replay.getWeight())
          .isEqualTo(Math.exp(-replay.getScored().getBaseLoss() / replay.getTemperature()));
      assertThat(replay.getNovelty()).isNull();
    }
  }

  @Test
  void noExampleIsReplayedMoreOftenThanTheCapAllows() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.5, repeats: 2, examples: 8}")) {
      IntStream.range(0, 400).forEach(i -> rig.produce(scored(i)));
      Map<String, Long> times =
          rig.training().stream()
              .filter(each -> each.getReplayOf() != null)
              .collect(Collectors.groupingBy(this::id, Collectors.counting()));
      assertThat(times.values()).isNotEmpty().allMatch(count -> count <= 2);
    }
  }

  @Test
  void anchorsTakeTheWayThroughTheScorerAndAreASecondShare() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.1, anchorShare: 0.2, repeats: 100}")) {
      TrainingExample anchor = Rig.example("g1", "The sky is blue.").setPrompt("Sky?").build();
      rig.produceAnchor(anchor);
      TrainingExample marked = rig.accepted().get(0);
      assertThat(marked).isEqualTo(Candidate.anchor(anchor));
      rig.produce(Rig.scored(marked, 3));
      assertThat(rig.training()).isEmpty();
      IntStream.range(0, 900).forEach(i -> rig.produce(scored(i)));
      List<String> kinds =
          rig.training().stream()
              .map(each -> each.getReplayOf() == null ? "fresh" : id(each).substring(0, 1))
              .toList();
      List<String> thousand = kinds.subList(100, 1100);
      assertThat(thousand).filteredOn(kind -> kind.equals("g")).hasSize(200);
      assertThat(thousand).filteredOn(kind -> kind.equals("e")).hasSize(100);
    }
  }

  @Test
  void whatAnOrderNamesIsForgotten() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.5, examples: 1000, repeats: 1000}")) {
      IntStream.range(0, 60).forEach(i -> rig.produce(scored(i, i % 2 == 0 ? "ann" : "bob")));
      rig.training();
      long before = rig.entries("replay-examples");
      rig.produce(order("1", "subject:ann"));
      rig.produce(order("2", "id:e1"));
      rig.produce(order("3", "offsets:0:10-20"));
      rig.advance(ORDERS_ARE_LOOKED_AT);
      assertThat(rig.entries("replay-examples")).isEqualTo(before - 30 - 1 - 5);
      IntStream.range(60, 160).forEach(i -> rig.produce(scored(i)));
      assertThat(rig.training())
          .filteredOn(each -> each.getReplayOf() != null)
          .noneMatch(each -> "ann".equals(each.getScored().getExample().getSubject()))
          .noneMatch(each -> id(each).equals("e1") || id(each).equals("e13"));
    }
  }

  @Test
  void aRestartAtAnyRecordChangesNoDecision() throws IOException {
    List<List<Object>> whole = decisions(folder.resolve("whole"), List.of());
    List<List<Object>> cut = decisions(folder.resolve("cut"), List.of(1, 130, 131, 299));
    assertThat(cut).isEqualTo(whole);
  }

  /** Without offsets, which begin anew with each test driver. */
  private List<List<Object>> decisions(Path folder, List<Integer> restarts) throws IOException {
    Files.createDirectories(folder);
    List<List<Object>> decisions = new ArrayList<>();
    Rig rig = new Rig(folder, "replay: {share: 0.3, examples: 10}");
    for (int i = 0; i < 400; i++) {
      if (restarts.contains(i)) {
        rig = rig.restarted();
      }
      rig.produce(scored(i));
      rig.training()
          .forEach(
              each ->
                  decisions.add(List.of(id(each), each.getReplayOf() == null, each.getWeight())));
    }
    rig.close();
    return decisions;
  }

  private String id(WeightedExample weighted) {
    return weighted.getScored().getExample().getId();
  }

  private static ScoredExample scored(int number) {
    return scored(number, "nobody");
  }

  private static ScoredExample scored(int number, String subject) {
    return Rig.scored(
        Rig.example("e" + number, "text " + number)
            .setPrompt("question " + number)
            .setSubject(subject)
            .build(),
        1 + number % 5);
  }

  private static AdapterCommand order(String id, String argument) {
    return new AdapterCommand(
        id, "support", Command.ERASE, null, argument, "test", Rig.START.plusSeconds(60), null);
  }
}
