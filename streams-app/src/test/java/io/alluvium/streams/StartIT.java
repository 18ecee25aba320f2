package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.alluvium.schemas.Rejection;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the process says and how it ends when something around it is wrong. */
class StartIT {
  @RegisterExtension static final LocalStackExtension STACK = LocalStackExtension.own();

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void withoutArgumentsItSaysHowToStartIt() throws Exception {
    try (AppProcess app = AppProcess.start(folder, 1)) {
      assertThat(app.exitCode()).isEqualTo(2);
      assertThat(app.log()).isEqualTo("streams-app: usage: StreamsApp --config FILE.yaml\n");
    }
  }

  @Test
  void aBadConfigurationIsNamedInOneLine() throws Exception {
    assertEnds(yaml("bad.") + "weigh: {epochExamples: 0}\n", 2, "weigh.epochExamples is 0");
  }

  @Test
  void aSettingThatBreaksAPromiseIsRefused() throws Exception {
    String yaml =
        yaml("alos.").replace("bootstrap", "processing.guarantee: at_least_once, bootstrap");
    assertEnds(yaml, 2, "kafka.processing.guarantee is at_least_once, must be exactly_once_v2");
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    HttpServer taken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int port = taken.getAddress().getPort();
    try {
      Path config =
          Files.writeString(
              folder.resolve("taken.yaml"), yaml("taken.") + "metrics: {port: " + port + "}\n");
      try (AppProcess app = AppProcess.start(folder, port, "--config", config.toString())) {
        assertThat(app.exitCode()).isEqualTo(2);
        assertThat(app.log()).contains("metrics.port " + port + " cannot be had");
      }
    } finally {
      taken.stop(0);
    }
  }

  @Test
  void aStateFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    String yaml = yaml("state.").replace("/state", "/file/state");
    assertEnds(yaml, 2, "stateDir " + file + "/state cannot be written");
  }

  @Test
  void aTopicWithOtherPartitionsIsNamed() throws Exception {
    try (Bench bench = new Bench(STACK.stack(), "parts.")) {
      String yaml = bench.yaml(folder + "/state") + bench.kafka("");
      try (AppProcess app = AppProcess.start(folder, yaml).awaitReady()) {
        assertThat(app.stop()).isZero();
      }
      assertEnds(
          yaml.replace("partitions: 2", "partitions: 3"), 2, "has 2 partitions, configured are 3");
    }
  }

  @Test
  void aBrokerThatIsAwayIsAskedAgainAndThenNamed() throws Exception {
    int nobody = LocalStack.freePort();
    String yaml =
        yaml("nobroker.").replace(STACK.stack().bootstrapServers(), "127.0.0.1:" + nobody);
    assertEnds(yaml, 3, "no broker at 127.0.0.1:" + nobody + " answers within PT5S");
  }

  @Test
  void aRegistryThatIsAwayAtStartIsAskedAgainAndThenNamed() throws Exception {
    int nobody = LocalStack.freePort();
    String yaml =
        yaml("noregistry.").replace(STACK.stack().registryUrl(), "http://127.0.0.1:" + nobody);
    assertEnds(yaml, 3, "schema registry http://127.0.0.1:" + nobody);
  }

  @Test
  void aRegistryThatGoesAwayStopsItWithCode3AndTheRecordIsNotLost() throws Exception {
    try (Bench bench = new Bench(STACK.stack(), "away.")) {
      String yaml = bench.yaml(folder + "/state") + bench.kafka("") + "patience: PT20S\n";
      try (AppProcess app = AppProcess.start(folder, yaml).awaitReady()) {
        bench.send(Bench.example("1", "a"));
        bench.flush();
        await().atMost(PATIENCE).until(() -> bench.records(bench.topics.accepted()).size() == 1);
        STACK.stack().kill("registry");
        bench.send(bench.topics.examples(), "a", new byte[] {0, 0, 0, 9, 9, 1});
        bench.send(Bench.example("2", "a"));
        bench.flush();
        await()
            .atMost(PATIENCE)
            .until(() -> app.metric("alluvium_lag_age_seconds{stage=\"admit\"}") > 0);
        assertThat(app.metric("alluvium_lag_records{stage=\"admit\"}")).isPositive();
        assertThat(app.exitCode()).isEqualTo(3);
        assertThat(app.log()).contains("asking again for PT20S");
        assertThat(app.log()).contains("streams-app: schema registry http://127.0.0.1:");
      } finally {
        STACK.stack().restart("registry");
      }
      assertThat(bench.records(bench.topics.rejected())).isEmpty();
      try (AppProcess app = AppProcess.start(folder, yaml).awaitReady()) {
        await().atMost(PATIENCE).until(() -> bench.records(bench.topics.accepted()).size() == 2);
        assertThat(bench.read(bench.topics.rejected()))
            .extracting(Rejection::getReason)
            .containsExactly("UNKNOWN_SCHEMA");
        assertThat(app.stop()).isZero();
      }
    }
  }

  private String yaml(String prefix) {
    try (Bench bench = new Bench(STACK.stack(), prefix)) {
      return bench.yaml(folder + "/state") + bench.kafka("") + "patience: PT5S\n";
    }
  }

  private void assertEnds(String yaml, int code, String message) throws Exception {
    try (AppProcess app = AppProcess.start(folder, yaml)) {
      assertThat(app.exitCode()).isEqualTo(code);
      assertThat(app.log().lines().filter(line -> line.startsWith("streams-app: ")))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains(message);
      assertThat(app.log()).doesNotContain("\tat ");
    }
  }
}
