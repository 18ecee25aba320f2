package io.alluvium.monitoring.live;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alluvium.monitoring.queries.MonitoringFolder;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Streams-app, scorer and trainer on a local stack, with settings that suit a test. */
final class LiveSystem {
  static final String STREAMS = "streams-app";
  static final String SCORE = "score";
  static final String TRAIN = "train";

  private static final int PARTITIONS = 2;

  private final LocalStack stack;
  private final int streamsPort = LocalStack.freePort();
  private final int scorePort = LocalStack.freePort();
  private final int trainPort = LocalStack.freePort();

  LiveSystem(LocalStack stack) {
    this.stack = stack;
  }

  /** Starts the three programs and waits until all are ready. */
  void start() throws IOException {
    Path streams = write("streams.yaml", streamsConfig());
    Path trainer = write("trainer.yaml", trainerConfig());
    // The streams-app comes first: it makes the topics.
    stack.startApp(
        app(STREAMS, "streams-app", "io.alluvium.streams.StreamsApp", streamsPort)
            .withArguments("--config", streams.toString()));
    stack.startApps(
        List.of(
            worker(SCORE, scorePort).withArguments(SCORE, "--config", trainer.toString()),
            worker(TRAIN, trainPort).withArguments(TRAIN, "--config", trainer.toString())));
  }

  /** The topics it works on. */
  Topics topics() {
    return new Topics("", PARTITIONS);
  }

  /** The sample configuration, with this system's ports and a pace that suits a test. */
  Path prometheusConfig() throws IOException {
    String sample = Files.readString(MonitoringFolder.prometheusConfig());
    String live =
        sample
            .replace("127.0.0.1:9464", "127.0.0.1:" + streamsPort)
            .replace("127.0.0.1:9465", "127.0.0.1:" + scorePort)
            .replace("127.0.0.1:9466", "127.0.0.1:" + trainPort)
            .replace("scrape_interval: 5s", "scrape_interval: 1s")
            .replace("evaluation_interval: 15s", "evaluation_interval: 1s")
            .replace("rules/alluvium.rules.yml", MonitoringFolder.rules().toString());
    return Files.writeString(stack.data().resolve("prometheus.yml"), live);
  }

  private static AppSpec worker(String role, int port) {
    return app(role, "trainer-worker", "io.alluvium.trainer.TrainerWorker", port);
  }

  private static AppSpec app(String name, String module, String mainClass, int port) {
    URI health = URI.create("http://127.0.0.1:" + port + "/health");
    return AppSpec.of(name, mainClass, AppSpec.classPath(module, "alluvium-" + module), health)
        .withJvmOptions("-Xmx512m");
  }

  private Map<String, Object> streamsConfig() {
    return Map.of(
        "partitions", PARTITIONS,
        "kafka", kafka(),
        "registry", registry(),
        "metrics", Map.of("port", streamsPort),
        "stateDir", folder("streams-state"));
  }

  /** Small windows and few anchors: what is shown matters here, not what is learned. */
  private Map<String, Object> trainerConfig() {
    return Map.of(
        "kafka", kafka(),
        "registry", registry(),
        "metrics", Map.of("scorePort", scorePort, "trainPort", trainPort),
        "base", Map.of("folder", base().toString(), "threads", 1, "maxTokens", 128),
        "store", Map.of("uri", stack.data().resolve("artifacts").toUri().toString()),
        "workDir", folder("work"),
        "window", Map.of("examples", 96, "age", "PT10S"),
        "finetune", Map.of("epochs", 1, "anchors", Map.of("generate", 32, "perBatch", 4)));
  }

  /** The shipped base, or the one in the shared folder. */
  private static Path base() {
    Path shipped =
        Path.of(System.getProperty("alluvium.home"), "trainer-worker/models/alluvium-tiny");
    return Files.isDirectory(shipped) ? shipped : Requirement.shared("data/models/stories260k");
  }

  private Map<String, String> kafka() {
    return Map.of("bootstrap.servers", stack.bootstrapServers());
  }

  private Map<String, String> registry() {
    return Map.of("schema.registry.url", stack.registryUrl());
  }

  private String folder(String name) {
    return stack.data().resolve(name).toString();
  }

  private Path write(String name, Map<String, Object> config) throws IOException {
    Path file = stack.data().resolve(name);
    return Files.write(file, new YAMLMapper().writeValueAsBytes(config));
  }
}
