package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalStackExtension.class)
class PipelineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What Kafka warns of although all is well: the test's folder, and the streams protocol. */
  private static final List<String> NOTICES =
      List.of(
          "OS temp directory",
          "not supported yet with the streams protocol",
          "Membership is in the following statuses");

  private static final String ADMIT = "alluvium_lag_age_seconds{stage=\"admit\"}";
  private static final String WEIGH = "alluvium_lag_age_seconds{stage=\"weigh\"}";

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void recordsComeOutAcceptedRejectedAndWeighedAndLagReadsZero(
      String protocol, LocalStack stack, @TempDir Path folder) throws Exception {
    try (Bench bench = new Bench(stack, "pipeline." + protocol + ".");
        AppProcess app =
            AppProcess.start(
                    folder,
                    bench.yaml(folder + "/state") + bench.kafka(", group.protocol: " + protocol))
                .awaitReady()) {
      List<TrainingExample> good =
          IntStream.range(0, 300).mapToObj(i -> Bench.example("id" + i, "a" + i % 3)).toList();
      good.forEach(bench::send);
      sendBad(bench);
      bench.flush();

      await().atMost(PATIENCE).until(() -> bench.records(bench.topics.accepted()).size() == 300);
      await().atMost(PATIENCE).until(() -> bench.records(bench.topics.rejected()).size() == 8);
      assertThat(bench.read(bench.topics.accepted())).containsExactlyInAnyOrderElementsOf(good);
      assertThat(bench.read(bench.topics.rejected()))
          .extracting(Rejection::getReason)
          .containsExactlyInAnyOrder(
              "UNDECODABLE",
              "UNDECODABLE",
              "UNKNOWN_SCHEMA",
              "NO_VALUE",
              "NO_KEY",
              "KEY_NOT_ADAPTER",
              "DUPLICATE_ID",
              "UNDECODABLE");

      Random random = new Random(7);
      bench.sendScored(
          good.stream().map(one -> Bench.scored(one, random.nextDouble() * 4)).toList());
      await().atMost(PATIENCE).until(() -> fresh(bench) == 300);
      assertThat(bench.read(bench.topics.training()))
          .extracting(WeightedExample::getWeight)
          .allMatch(weight -> weight > 0 && weight <= 1);

      await().atMost(PATIENCE).until(() -> app.metric(ADMIT) == 0 && app.metric(WEIGH) == 0);
      assertThat(app.metric("alluvium_lag_records{stage=\"weigh\"}")).isZero();
      assertThat(app.metric("alluvium_ready")).isEqualTo(1);
      assertThat(
              app.metric("alluvium_records_total{outcome=\"passed\",reason=\"\",stage=\"weigh\"}"))
          .isGreaterThanOrEqualTo(300);
      assertThat(app.metric("alluvium_temperature_nats{adapter=\"a1\"}")).isBetween(0.01, 4.0);
      assertThat(app.stop()).isZero();
      assertThat(app.log().lines())
          .filteredOn(line -> NOTICES.stream().noneMatch(line::contains))
          .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }
  }

  private static long fresh(Bench bench) {
    return bench.read(bench.topics.training()).stream()
        .filter(weighted -> weighted.getReplayOf() == null)
        .count();
  }

  private static void sendBad(Bench bench) {
    byte[] value = bench.bytes(bench.topics.examples(), Bench.example("bad", "a0"));
    bench.send(bench.topics.examples(), "a0", "no avro".getBytes(UTF_8));
    bench.send(bench.topics.examples(), "a0", stringOfTwoGigabytes(value));
    bench.send(bench.topics.examples(), "a0", new byte[] {0, 9, 9, 9, 9, 1});
    bench.send(bench.topics.examples(), "a0", null);
    bench.send(bench.topics.examples(), null, value);
    bench.send(bench.topics.examples(), "a1", value);
    bench.send(Bench.example("id0", "a0"));
    bench.send(bench.topics.examples(), "a0", ByteBuffer.allocate(3).array());
  }

  /** The application runs with 256 MB: it must not believe this. */
  private static byte[] stringOfTwoGigabytes(byte[] value) {
    byte[] claim = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0e};
    return ByteBuffer.allocate(10).put(value, 0, 5).put(claim).array();
  }
}
