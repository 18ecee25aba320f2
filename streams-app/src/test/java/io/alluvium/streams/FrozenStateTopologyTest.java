package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.dedup.seen.FormerSeenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changelogs of a released layout lie frozen beside the tests of their rooms, and beside this test
 * what the build that wrote them decided of the records that followed. This build, restored from
 * them, decides the same.
 *
 * <p>Before a layout changes, raise the number and run with {@code -Dalluvium.freezeState=true} on
 * the code that is released; frozen files never change.
 */
class FrozenStateTopologyTest {
  private static final Duration A_TICK = Duration.ofSeconds(2);

  /** The default of {@code dedup.window}. */
  private static final Duration WINDOW = Duration.ofDays(1);

  private static final String[] RULES = {
    "dedup: {near: {examples: 60}}",
    "replay: {share: 0.3, anchorShare: 0.1, examples: 20}",
    "route: {lagAbove: 100, window: 8, keep: 0.5, review: true, reviewExamples: 3,"
        + " budgets: [{by: source, value: web, records: 30, per: PT1H}]}",
    "weigh: {epochExamples: 32}"
  };

  @TempDir private Path folder;

  @Test
  void theStreamGoesOnFromChangelogsOfTheLayoutBefore() throws IOException {
    if (Boolean.getBoolean("alluvium.freezeState")) {
      freeze();
    }
    try (Rig rig = new Rig(folder, new FormerSeenStore(Optional.of(WINDOW)), RULES)) {
      FrozenState.schemas().forEach(rig::register);
      for (Map.Entry<String, List<String>> room : FrozenState.STORES.entrySet()) {
        for (String store : room.getValue()) {
          restore(rig, room.getKey(), store);
        }
      }
      assertThat(after(rig)).isEqualTo(Files.readAllLines(FrozenState.decisions()));
    }
  }

  @Test
  void whatWasSeenBeforeIsKnownAlsoAfterTheNextRestart() throws IOException {
    Rig before = new Rig(folder, new FormerSeenStore(Optional.of(WINDOW)), RULES);
    restore(before, "intake", "admit-clock");
    restore(before, "dedup/exact", FormerSeenStore.STORE);
    before.produce(FrozenState.example(1000));
    before.produce(Rig.example("e7", "Other words.").build());
    before.produce(Rig.example("other", FrozenState.words(8)).setPrompt("What of 8?").build());
    assertThat(told(before))
        .containsExactly("accepted e1000", "DUPLICATE_ID e7", "DUPLICATE_TEXT other");
    try (Rig after = before.restarted()) {
      after.produce(Rig.example("e9", "More words.").build());
      after.produce(FrozenState.example(1000));
      assertThat(told(after)).containsExactly("DUPLICATE_ID e9", "DUPLICATE_ID e1000");
    }
  }

  private static void restore(Rig rig, String room, String store) throws IOException {
    for (FrozenState.Entry entry : FrozenState.entries(room, store)) {
      rig.restore(store, entry.key(), entry.value());
    }
  }

  private void freeze() throws IOException {
    assertThat(FrozenState.decisions()).as("frozen before; raise the number").doesNotExist();
    try (Rig rig = new Rig(folder, RULES)) {
      List<String> written =
          List.of(
              WeightedExample.getClassSchema().toString(),
              ScoredExample.getClassSchema().toString(),
              TrainingExample.getClassSchema().toString());
      written.forEach(rig::register);
      Files.write(FrozenState.schemasFile(), written);
      before(rig);
      for (Map.Entry<String, List<String>> room : FrozenState.STORES.entrySet()) {
        for (String store : room.getValue()) {
          Files.createDirectories(FrozenState.file(room.getKey(), store).getParent());
          Files.write(FrozenState.file(room.getKey(), store), compacted(rig, store));
        }
      }
      Files.write(FrozenState.decisions(), after(rig));
    }
  }

  private static List<String> compacted(Rig rig, String store) {
    Map<Bytes, byte[]> latest = new LinkedHashMap<>();
    rig.changelog(store)
        .forEach(
            record -> {
              latest.remove(Bytes.wrap(record.key()));
              if (record.value() != null) {
                latest.put(Bytes.wrap(record.key()), record.value());
              }
            });
    List<String> lines = new ArrayList<>();
    latest.forEach((key, value) -> lines.add(text(key.get()) + " " + text(value)));
    return lines;
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void before(Rig rig) {
    rig.produceAnchor(FrozenState.anchor(0));
    for (int number = 0; number < 80; number++) {
      rig.produce(FrozenState.example(number));
      rig.produce(FrozenState.scored(number, "support", "b0"));
    }
    for (int number = 0; number < 4; number++) {
      rig.produce(
          Rig.scored(
              io.alluvium.streams.novelty.candidate.Candidate.anchor(FrozenState.anchor(number)),
              2));
    }
    for (int number = 80; number < 160; number++) {
      rig.produce(FrozenState.scored(number, "support", "b0"));
      if (number % 4 == 0) {
        rig.produce(FrozenState.scored(number + 1000, "sales", "b1"));
      }
    }
    rig.behind(101);
    for (int number = 160; number < 190; number++) {
      rig.produce(FrozenState.scored(number, "support", "b0"));
    }
  }

  /** What is decided of what follows. */
  private static List<String> after(Rig rig) {
    told(rig);
    rig.behind(101);
    List<String> decisions = new ArrayList<>();
    for (int number = 200; number < 260; number++) {
      rig.produce(FrozenState.example(number));
      rig.produce(FrozenState.repeated(number - 150));
      rig.produce(FrozenState.scored(number, "support", "b0"));
      rig.produce(FrozenState.scored(number + 1000, "sales", "b1"));
      decisions.addAll(told(rig));
    }
    rig.produce(order("1", Command.APPROVE, "review:*"));
    rig.produce(order("2", Command.ERASE, "subject:ann"));
    rig.behind(0);
    rig.advance(A_TICK);
    decisions.addAll(told(rig));
    for (int number = 260; number < 300; number++) {
      rig.produce(FrozenState.scored(number, "support", "b0"));
      rig.produce(FrozenState.scored(number + 1000, "sales", "b1"));
    }
    decisions.addAll(told(rig));
    return decisions;
  }

  private static List<String> told(Rig rig) {
    List<String> told = new ArrayList<>();
    rig.accepted().forEach(each -> told.add("accepted " + each.getId()));
    rig.training().forEach(each -> told.add(decision(each)));
    rig.read(rig.topics().review())
        .forEach(each -> told.add("review " + each.getScored().getExample().getId()));
    rig.rejected().forEach(each -> told.add(each.getReason() + " " + each.getExampleId()));
    return told;
  }

  private static String decision(WeightedExample weighted) {
    return "training %s %s %s %s %s"
        .formatted(
            weighted.getScored().getExample().getId(),
            weighted.getReplayOf() == null ? "fresh" : "replay",
            weighted.getWeight(),
            weighted.getTemperatureVersion(),
            weighted.getNovelty());
  }

  private static AdapterCommand order(String id, Command command, String argument) {
    return new AdapterCommand(
        id, "support", command, null, argument, "test", Rig.START.plusSeconds(60), null);
  }
}
