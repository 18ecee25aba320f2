package io.alluvium.streams;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Changelogs of a released layout, and the records that they were made of and that followed. */
final class FrozenState {
  private static final int LAYOUT = 1;
  private static final Path RESOURCES = Path.of("src/test/resources/io/alluvium/streams");

  private static final int WIDTH = 16;

  /** By the folder of the room. */
  static final Map<String, List<String>> STORES =
      new TreeMap<>(
          Map.of(
              "dedup/exact", List.of("dedup-seen"),
              "dedup/near", List.of("dedup-near"),
              "intake", List.of("admit-clock", "anchors-clock", "weigh-clock"),
              "novelty", List.of("novelty-state"),
              "replay", List.of("replay-state", "replay-examples"),
              "route", List.of("route-waiting", "route-spending"),
              "weigh", List.of("weigh-state")));

  private FrozenState() {}

  /** A record of a changelog. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Entry(byte[] key, byte[] value) {
    private static Entry of(String line) {
      String[] parts = line.split(" ", 2);
      return new Entry(Base64.getDecoder().decode(parts[0]), Base64.getDecoder().decode(parts[1]));
    }
  }

  /** What stands in a changelog, in order. */
  static List<Entry> entries(String room, String store) throws IOException {
    return Files.readAllLines(file(room, store)).stream().map(Entry::of).toList();
  }

  static List<String> schemas() throws IOException {
    return Files.readAllLines(schemasFile());
  }

  static Path schemasFile() {
    return RESOURCES.resolve("schemas.layout-" + LAYOUT + ".txt");
  }

  static Path decisions() {
    return RESOURCES.resolve("decisions.layout-" + LAYOUT + ".txt");
  }

  static Path file(String room, String store) {
    return RESOURCES.resolve(room).resolve(store + ".layout-" + LAYOUT + ".txt");
  }

  static TrainingExample example(int number) {
    return Rig.example("e" + number, words(number)).setPrompt("What of " + number + "?").build();
  }

  /** Nearly what was said before. */
  static TrainingExample repeated(int number) {
    return Rig.example("again" + number, words(number) + " indeed")
        .setPrompt("What of " + number + "?")
        .build();
  }

  static TrainingExample anchor(int number) {
    return Rig.example("g" + number, words(-number)).setPrompt("Sky " + number + "?").build();
  }

  static String words(int number) {
    Random random = new Random(number);
    StringBuilder words = new StringBuilder("Answer");
    for (int i = 0; i < 30; i++) {
      words.append(' ').append((char) ('a' + random.nextInt(26))).append(random.nextInt(40));
    }
    return words.toString();
  }

  static ScoredExample scored(int number, String adapter, String base) {
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
}
