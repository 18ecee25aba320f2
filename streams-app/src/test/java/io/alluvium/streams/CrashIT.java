package io.alluvium.streams;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kill -9 in the middle of the stream: every record comes out once. */
@ExtendWith(LocalStackExtension.class)
class CrashIT {
  private static final int RECORDS = 20_000;
  private static final int ADAPTERS = 7;
  private static final int EVERY_DUPLICATE = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Of a version, what is not the offset that its state began at. */
  private static final long NUMBER = (1L << 20) - 1;

  /** Each look reads whole topics. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  @ParameterizedTest
  @CsvSource({"classic, 2", "streams, 1"})
  void nothingIsLostOrDoubledWhenTheApplicationIsKilled(
      String protocol, int kills, LocalStack stack, @TempDir Path folder) throws Exception {
    try (Bench bench = new Bench(stack, protocol + ".")) {
      String yaml =
          bench.yaml(folder + "/state")
              + bench.kafka(", group.protocol: " + protocol + ", session.timeout.ms: 6000");
      List<TrainingExample> examples =
          IntStream.range(0, RECORDS)
              .mapToObj(i -> Bench.example("id" + i, "a" + i % ADAPTERS))
              .toList();
      Random losses = new Random(3);

      bench.createTopics();
      sendWithDuplicates(bench, examples);
      bench.sendScored(
          examples.stream().map(one -> Bench.scored(one, losses.nextDouble() * 5)).toList());
      for (int kill = 0; kill < kills; kill++) {
        long before = bench.end(bench.topics.accepted());
        try (AppProcess app = AppProcess.start(folder, yaml)) {
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(20))
              .until(() -> bench.end(bench.topics.accepted()) > before);
          app.kill();
        }
      }
      assertThat(count(bench.topics.accepted(), bench)).as("killed midway").isLessThan(RECORDS);
      int duplicates = RECORDS / EVERY_DUPLICATE;
      System.out.printf(
          "%s: %d of %d accepted after kill -9, %d times%n",
          protocol, count(bench.topics.accepted(), bench), RECORDS, kills);
      try (AppProcess app = AppProcess.start(folder, yaml)) {
        await()
            .atMost(PATIENCE)
            .pollInterval(LOOK_EVERY)
            .until(
                () ->
                    count(bench.topics.accepted(), bench) >= RECORDS
                        && count(bench.topics.rejected(), bench) >= duplicates
                        && fresh(bench.read(bench.topics.training())).size() >= RECORDS);
        assertThat(app.stop()).isZero();
      }

      assertOnceEach(examples, bench.read(bench.topics.accepted()), TrainingExample::getId);
      List<WeightedExample> training = bench.read(bench.topics.training());
      assertOnceEach(
          examples, fresh(training), weighted -> weighted.getScored().getExample().getId());
      assertThat(count(bench.topics.rejected(), bench)).isEqualTo(duplicates);
      assertDecisionsAsWithoutAnyKill(
          Files.createDirectory(folder.resolve("undisturbed")), training);
    }
  }

  private static void sendWithDuplicates(Bench bench, List<TrainingExample> examples) {
    for (int i = 0; i < examples.size(); i++) {
      bench.send(examples.get(i));
      if (i % EVERY_DUPLICATE == EVERY_DUPLICATE - 1) {
        bench.send(examples.get(i - EVERY_DUPLICATE / 2));
      }
    }
    bench.flush();
  }

  private static <V> void assertOnceEach(
      List<TrainingExample> sent, List<V> found, Function<V, String> id) {
    Map<String, Integer> counts = found.stream().collect(toMap(id, one -> 1, Integer::sum));
    assertThat(counts.values()).as("copies of each id").containsOnly(1);
    assertThat(counts.keySet())
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(TrainingExample::getId).toList());
  }

  private static List<WeightedExample> fresh(List<WeightedExample> training) {
    return training.stream().filter(weighted -> weighted.getReplayOf() == null).toList();
  }

  /** The slow way, for one adapter: its records in the order of the log, and no kill. */
  private static void assertDecisionsAsWithoutAnyKill(Path folder, List<WeightedExample> training)
      throws IOException {
    List<WeightedExample> one =
        training.stream()
            .filter(weighted -> weighted.getScored().getExample().getAdapter().equals("a0"))
            .toList();
    try (Rig rig = new Rig(folder)) {
      fresh(one).forEach(weighted -> rig.produce(weighted.getScored()));
      assertThat(one.stream().map(CrashIT::decision).toList())
          .isEqualTo(rig.training().stream().map(CrashIT::decision).toList());
    }
  }

  private static List<Object> decision(WeightedExample weighted) {
    return List.of(
        weighted.getScored().getExample().getId(),
        weighted.getReplayOf() == null,
        weighted.getWeight(),
        weighted.getTemperature(),
        weighted.getTemperatureVersion() & NUMBER);
  }

  private static int count(Topic<?> topic, Bench bench) {
    return bench.records(topic).size();
  }
}
