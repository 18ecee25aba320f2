package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.dedup.seen.FormerSeen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
  private static final int LAYOUT = 1;
  private static final Path RESOURCES = Path.of("src/test/resources/io/alluvium/streams");
  private static final Duration A_TICK = Duration.ofSeconds(2);
  private static final int WIDTH = 16;

  /** The default of {@code dedup.window}. */
  private static final Duration WINDOW = Duration.ofDays(1);

  private static final String[] RULES = {
    "dedup: {near: {examples: 60}}",
    "replay: {share: 0.3, anchorShare: 0.1, examples: 20}",
    "route: {lagAbove: 100, window: 8, keep: 0.5, review: true, reviewExamples: 3,"
        + " budgets: [{by: source, value: web, records: 30, per: PT1H}]}",
    "weigh: {epochExamples: 32}"
  };

  /** By the folder of the room. */
  private static final Map<String, List<String>> STORES =
      new TreeMap<>(
          Map.of(
              "dedup/exact", List.of("dedup-seen"),
              "dedup/near", List.of("dedup-near"),
              "intake", List.of("admit-clock", "anchors-clock", "weigh-clock"),
              "novelty", List.of("novelty-state"),
              "replay", List.of("replay-state", "replay-examples"),
              "route", List.of("route-waiting", "route-spending"),
              "weigh", List.of("weigh-state")));

  @TempDir private Path folder;

  @Test
  void theStreamGoesOnFromChangelogsOfTheLayoutBefore() throws IOException {
    if (Boolean.getBoolean("alluvium.freezeState")) {
      freeze();
    }
    try (Rig rig = new Rig(folder, new FormerSeen(Optional.of(WINDOW)), RULES)) {
      schemas().forEach(rig::register);
      for (Map.Entry<String, List<String>> room : STORES.entrySet()) {
        for (String store : room.getValue()) {
          restore(rig, room.getKey(), store);
        }
      }
      assertThat(after(rig)).isEqualTo(Files.readAllLines(decisions()));
    }
  }

  @Test
  void whatWasSeenBeforeIsKnownAlsoAfterTheNextRestart() throws IOException {
    Rig before = new Rig(folder, new FormerSeen(Optional.of(WINDOW)), RULES);
    restore(before, "intake", "admit-clock");
    restore(before, "dedup/exact", FormerSeen.STORE);
    before.produce(example(1000));
    before.produce(Rig.example("e7", "Other words.").build());
    before.produce(Rig.example("other", words(8)).setPrompt("What of 8?").build());
    assertThat(told(before))
        .containsExactly("accepted e1000", "DUPLICATE_ID e7", "DUPLICATE_TEXT other");
    try (Rig after = before.restarted()) {
      after.produce(Rig.example("e9", "More words.").build());
      after.produce(example(1000));
      assertThat(told(after)).containsExactly("DUPLICATE_ID e9", "DUPLICATE_ID e1000");
    }
  }

  private static void restore(Rig rig, String room, String store) throws IOException {
    for (String line : Files.readAllLines(file(room, store))) {
      String[] entry = line.split(" ", 2);
      rig.restore(
          store, Base64.getDecoder().decode(entry[0]), Base64.getDecoder().decode(entry[1]));
    }
  }

  private void freeze() throws IOException {
    assertThat(decisions()).as("frozen before; raise the number").doesNotExist();
    try (Rig rig = new Rig(folder, RULES)) {
      List<String> written =
          List.of(
              WeightedExample.getClassSchema().toString(),
              ScoredExample.getClassSchema().toString(),
              TrainingExample.getClassSchema().toString());
      written.forEach(rig::register);
      Files.write(schemasFile(), written);
      before(rig);
      for (Map.Entry<String, List<String>> room : STORES.entrySet()) {
        for (String store : room.getValue()) {
          Files.createDirectories(RESOURCES.resolve(room.getKey()));
          Files.write(file(room.getKey(), store), compacted(rig, store));
        }
      }
      Files.write(decisions(), after(rig));
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

  private static List<String> schemas() throws IOException {
    return Files.readAllLines(schemasFile());
  }

  private static Path schemasFile() {
    return RESOURCES.resolve("schemas.layout-" + LAYOUT + ".txt");
  }

  private static Path decisions() {
    return RESOURCES.resolve("decisions.layout-" + LAYOUT + ".txt");
  }

  private static Path file(String room, String store) {
    return RESOURCES.resolve(room).resolve(store + ".layout-" + LAYOUT + ".txt");
  }

  private static void before(Rig rig) {
    rig.produceAnchor(anchor(0));
    for (int number = 0; number < 80; number++) {
      rig.produce(example(number));
      rig.produce(scored(number, "support", "b0"));
    }
    for (int number = 0; number < 4; number++) {
      rig.produce(Rig.scored(io.alluvium.streams.novelty.Candidate.anchor(anchor(number)), 2));
    }
    for (int number = 80; number < 160; number++) {
      rig.produce(scored(number, "support", "b0"));
      if (number % 4 == 0) {
        rig.produce(scored(number + 1000, "sales", "b1"));
      }
    }
    rig.behind(101);
    for (int number = 160; number < 190; number++) {
      rig.produce(scored(number, "support", "b0"));
    }
  }

  /** What is decided of what follows. */
  private static List<String> after(Rig rig) {
    told(rig);
    rig.behind(101);
    List<String> decisions = new ArrayList<>();
    for (int number = 200; number < 260; number++) {
      rig.produce(example(number));
      rig.produce(repeated(number - 150));
      rig.produce(scored(number, "support", "b0"));
      rig.produce(scored(number + 1000, "sales", "b1"));
      decisions.addAll(told(rig));
    }
    rig.produce(order("1", Command.APPROVE, "review:*"));
    rig.produce(order("2", Command.ERASE, "subject:ann"));
    rig.behind(0);
    rig.advance(A_TICK);
    decisions.addAll(told(rig));
    for (int number = 260; number < 300; number++) {
      rig.produce(scored(number, "support", "b0"));
      rig.produce(scored(number + 1000, "sales", "b1"));
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

  private static TrainingExample example(int number) {
    return Rig.example("e" + number, words(number)).setPrompt("What of " + number + "?").build();
  }

  /** Nearly what was said before. */
  private static TrainingExample repeated(int number) {
    return Rig.example("again" + number, words(number) + " indeed")
        .setPrompt("What of " + number + "?")
        .build();
  }

  private static TrainingExample anchor(int number) {
    return Rig.example("g" + number, words(-number)).setPrompt("Sky " + number + "?").build();
  }

  private static String words(int number) {
    Random random = new Random(number);
    StringBuilder words = new StringBuilder("Answer");
    for (int i = 0; i < 30; i++) {
      words.append(' ').append((char) ('a' + random.nextInt(26))).append(random.nextInt(40));
    }
    return words.toString();
  }

  private static ScoredExample scored(int number, String adapter, String base) {
    Random random = new Random(number);
    boolean wrong = random.nextInt(12) == 0;
    double loss = wrong ? 9 : 1 + random.nextDouble();
    TrainingExample example =
        TrainingExample.newBuilder(example(number))
            .setAdapter(adapter)
            .setSource(number % 3 == 0 ? "web" : "mail")
            .setSubject(number % 5 == 0 && number % 1000 < 200 ? "ann" : null)
            .build();
    return ScoredExample.newBuilder(Rig.scored(example, loss))
        .setBaseDigest(base)
        .setAdapterLoss(wrong ? 9.5 : 0.5)
        .setAdapterVersion(1L)
        .setEmbedding(embedding(random))
        .build();
  }

  private static ByteBuffer embedding(Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(WIDTH * Short.BYTES);
    bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    ShortBuffer halves = bytes.asShortBuffer();
    for (int i = 0; i < WIDTH; i++) {
      halves.put((short) (0x3000 + random.nextInt(0x0c00) + (random.nextBoolean() ? 0x8000 : 0)));
    }
    return bytes;
  }

  private static AdapterCommand order(String id, Command command, String argument) {
    return new AdapterCommand(
        id, "support", command, null, argument, "test", Rig.START.plusSeconds(60));
  }
}
