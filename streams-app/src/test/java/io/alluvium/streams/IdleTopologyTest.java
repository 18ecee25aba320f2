package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.dedup.seen.FormerSeenStore;
import io.alluvium.streams.store.layout.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State of adapters, bases and times that are over is let go, by the log's time. */
class IdleTopologyTest {
  private static final List<String> OF_ADAPTERS =
      List.of("dedup-near", "novelty-state", "replay-state", "replay-examples", "weigh-state");
  private static final Duration A_SWEEP = Duration.ofSeconds(11);
  private static final String BUDGET =
      "route: {budgets: [{by: source, value: '*', records: 3, per: PT1H}]}";

  @TempDir private Path folder;

  @Test
  void stateOfAnAdapterWithoutRecordsAndOfAFormerBaseIsLetGoWithTombstones() {
    try (Rig rig = new Rig(folder)) {
      Instant later = Rig.START.plus(Duration.ofDays(30)).plusMillis(1);
      for (int i = 0; i < 150; i++) {
        rig.produce(Rig.example("e" + i, "words of its own " + i).setAdapter("dead").build());
        rig.produce(scored(i, "dead", "b0"));
        rig.produce(scored(i, "alive", "former"));
      }
      OF_ADAPTERS.forEach(store -> assertThat(rig.changelog(store)).isNotEmpty());
      rig.advance(Duration.ofDays(30).plusSeconds(60));
      rig.produceAt(Rig.example("n", "new words").setAdapter("alive").build(), later);
      rig.produceAt(scored(150, "alive", "b0"), later);
      rig.advance(A_SWEEP);
      for (String store : OF_ADAPTERS) {
        assertThat(names(rig, store))
            .as(store)
            .containsOnly(store.equals("dedup-near") ? "alive" : "b0/alive");
      }
    }
  }

  /** Names with a value at the end of the changelog, of what was written since the last look. */
  private static Set<String> names(Rig rig, String store) {
    TreeSet<String> names = new TreeSet<>();
    rig.changelog(store)
        .forEach(
            record -> {
              String key = new String(record.key(), StandardCharsets.UTF_8);
              String name = key.substring(0, key.indexOf('\0'));
              if (record.value() != null) {
                names.add(name);
              } else if (!name.contains("dead") && !name.contains("former")) {
                names.add("gone " + name);
              }
            });
    return names;
  }

  @Test
  void whatIsDecidedDoesNotDependOnWhetherItWasSweptAway() {
    assertThat(decisions(A_SWEEP)).isEqualTo(decisions(Duration.ofMillis(1))).hasSize(70);
  }

  private List<List<Object>> decisions(Duration pause) {
    try (Rig rig = new Rig(folder, "forgetAfter: P2D", "replay: {share: 0.3}")) {
      Instant later = Rig.START.plus(Duration.ofDays(3));
      IntStream.range(0, 30).forEach(i -> rig.produce(scored(i, "support", "b0")));
      rig.advance(Duration.ofDays(3));
      rig.produceAt(scored(999, "other", "b0"), later);
      rig.advance(pause);
      IntStream.range(30, 60).forEach(i -> rig.produceAt(scored(i, "support", "b0"), later));
      return rig.training().stream()
          .map(IdleTopologyTest::decision)
          .filter(each -> !each.get(0).equals("e999"))
          .limit(70)
          .toList();
    }
  }

  private static List<Object> decision(WeightedExample weighted) {
    return List.of(
        weighted.getScored().getExample().getId(),
        weighted.getReplayOf() == null,
        weighted.getWeight(),
        weighted.getTemperatureVersion());
  }

  @Test
  void accountsOfATimeThatIsOverAreClosed() {
    try (Rig rig = new Rig(folder, BUDGET)) {
      for (int i = 0; i < 40; i++) {
        rig.produce(from("source" + i % 20, scored(i, "support", "b0")));
      }
      assertThat(rig.entries("route-spending")).isEqualTo(20);
      rig.advance(A_SWEEP);
      assertThat(rig.entries("route-spending")).isEqualTo(20);
      Instant later = Rig.START.plus(Duration.ofHours(1));
      rig.advance(Duration.ofHours(1));
      rig.produceAt(from("source0", scored(40, "support", "b0")), later);
      rig.advance(A_SWEEP);
      assertThat(rig.entries("route-spending")).isEqualTo(1);
    }
  }

  /** The store is lost, the log goes on. */
  @Test
  void temperaturesAfterALossOfStateHaveNumbersThatWereNeverGiven() throws IOException {
    TreeSet<Long> before = new TreeSet<>();
    Path one = Files.createDirectory(folder.resolve("one"));
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Rig rig = new Rig(one, "replay: {share: 0}", "weigh: {epochExamples: 4}")) {
      IntStream.range(0, 60).forEach(i -> rig.produce(scored(i, "support", "b0")));
      rig.training().forEach(each -> before.add(each.getTemperatureVersion()));
    }
    try (Rig rig = new Rig(other, "replay: {share: 0}", "weigh: {epochExamples: 4}")) {
      IntStream.range(0, 60).forEach(i -> rig.produce(scored(i, "others", "b0")));
      rig.training();
      IntStream.range(60, 90).forEach(i -> rig.produce(scored(i, "support", "b0")));
      assertThat(rig.training())
          .extracting(WeightedExample::getTemperatureVersion)
          .isSorted()
          .allMatch(version -> version > before.last());
    }
  }

  @Test
  void everyStoreWithAChangelogHasALayout() {
    TreeSet<String> stores = new TreeSet<>();
    stores.add(FormerSeenStore.STORE); // Where a build before has been.
    Rig.topology(folder).describe().subtopologies().stream()
        .flatMap(part -> part.nodes().stream())
        .filter(Processor.class::isInstance)
        .forEach(node -> stores.addAll(((Processor) node).stores()));
    stores.remove("dedup-places"); // Made again at each start.
    assertThat(ExampleTopology.LAYOUTS)
        .extracting(Layout::store)
        .containsExactlyInAnyOrderElementsOf(stores);
  }

  private static ScoredExample from(String source, ScoredExample scored) {
    TrainingExample example =
        TrainingExample.newBuilder(scored.getExample()).setSource(source).build();
    return ScoredExample.newBuilder(scored).setExample(example).build();
  }

  private static ScoredExample scored(int number, String adapter, String base) {
    TrainingExample example =
        Rig.example("e" + number, "text " + number)
            .setAdapter(adapter)
            .setPrompt("question " + number)
            .build();
    return ScoredExample.newBuilder(Rig.scored(example, 1 + number % 5))
        .setBaseDigest(base)
        .build();
  }
}
