package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user did wrong is one line on standard error, and an exit code that says whose it is. */
@ExtendWith(LocalStackExtension.class)
class ExitCodeIT {
  private final Path folder;

  ExitCodeIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void usage() throws Exception {
    assertEnds(run("dance", "--config", config("").toString()), 2, "there is no role dance");
    assertEnds(run("train"), 2, "usage: trainer-worker score|train --config FILE.yaml");
  }

  @Test
  void configuration() throws Exception {
    assertEnds(run(config("windw: {}")), 2, "windw is not a known key");
  }

  @Test
  void baseFolder() throws Exception {
    Path stories = Requirement.shared("data/models/stories260k");
    assertEnds(run(config("base: { folder: %s }".formatted(folder))), 2, "config.json");

    Path noTokenizer = copy(stories, "no-tokenizer", "config.json", "model.safetensors");
    assertEnds(run(base(noTokenizer)), 2, "tokenizer.json");

    Path other = copy(stories, "other", "config.json", "model.safetensors", "tokenizer.json");
    String config = Files.readString(other.resolve("config.json"));
    Files.writeString(
        other.resolve("config.json"),
        config.replace("LlamaForCausalLM", "MambaForCausalLM").replace("\"llama\"", "\"mamba\""));
    assertEnds(run(base(other)), 2, "amba");

    Path torn = copy(stories, "torn", "config.json", "tokenizer.json");
    byte[] weights = Files.readAllBytes(stories.resolve("model.safetensors"));
    Files.write(
        torn.resolve("model.safetensors"), java.util.Arrays.copyOf(weights, weights.length - 999));
    assertEnds(run(base(torn)), 2, "model.safetensors");
  }

  @Test
  void deviceThatTheEngineLacks() throws Exception {
    Path stories = Requirement.shared("data/models/stories260k");
    assertEnds(
        run(config("base: { folder: %s, device: CUDA }".formatted(stories))),
        2,
        "here sees none: set ALLUVIUM_LIBTORCH to the lib folder of libtorch 2.7.1+cu128");
  }

  @Test
  void storePortAndSuite() throws Exception {
    Path stories = Requirement.shared("data/models/stories260k");
    Path file = Files.writeString(folder.resolve("file"), "");
    String base = "base: { folder: %s }\n".formatted(stories);
    assertEnds(
        run(config(base + "store: { uri: \"%s/below\" }".formatted(file.toUri()))),
        3,
        "cannot be used (");
    assertEnds(
        run(config(base + "gate: { retention: [%s] }".formatted(folder.resolve("absent")))),
        2,
        "retention suite");
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertEnds(
          run(config("metrics: { trainPort: %d }".formatted(port))), 2, "metrics port " + port);
    }
  }

  @Test
  void suiteWithAnAnswerThatTheBaseHasNoTokenFor() throws Exception {
    Path suite =
        Files.writeString(
            folder.resolve("greek.jsonl"),
            "{\"prompt\":\"sort cab:\",\"completion\":\" abc\"}\n{\"prompt\":\"say it in greek:\",\"completion\":\"\u03b1\"}\n");
    Path base =
        Path.of(System.getProperty("alluvium.home"), "trainer-worker", "models", "alluvium-tiny");
    assertEnds(
        run(config("base: { folder: %s }\ngate: { retention: [%s] }".formatted(base, suite))),
        2,
        "greek.jsonl line 2: the base has no token for anything in the answer; correct the line, or leave it out");
  }

  @Test
  void whatDoesNotAnswer(LocalStack stack) throws Exception {
    String base =
        "base: { folder: %s }\nfinetune: { anchors: { perBatch: 0 } }\npatience: PT2S\n"
            .formatted(Requirement.shared("data/models/stories260k"));
    String deaf =
        "{ bootstrap.servers: \"127.0.0.1:1\", default.api.timeout.ms: 3000, request.timeout.ms: 1000 }";
    assertEnds(run(config(base + "kafka: " + deaf)), 3, "kafka at 127.0.0.1:1 does not answer");

    String broker = "kafka: { bootstrap.servers: \"%s\" }\n".formatted(stack.bootstrapServers());
    assertEnds(run(config(base + broker)), 3, "topic exit-training does not exist");
    assertEnds(
        run(config(base + broker + "partitions: 1")), 3, "schema registry http://127.0.0.1:1");
  }

  private Path base(Path model) throws IOException {
    return config("base: { folder: %s }".formatted(model));
  }

  /** Lines given here replace the least configuration's own. */
  private Path config(String lines) throws IOException {
    String least =
        """
        topicPrefix: exit-
        kafka: { bootstrap.servers: "127.0.0.1:1" }
        registry: { schema.registry.url: "http://127.0.0.1:1" }
        metrics: { trainPort: 0 }
        base: { folder: /nowhere }
        store: { uri: "%s" }
        workDir: %s
        """
            .formatted(folder.resolve("store").toUri(), folder.resolve("work"));
    List<String> given = lines.lines().map(line -> line.replaceFirst(":.*", ":")).toList();
    String kept =
        least
            .lines()
            .filter(line -> given.stream().noneMatch(line::startsWith))
            .collect(Collectors.joining("\n", "", "\n"));
    return Files.writeString(Files.createTempFile(folder, "worker", ".yaml"), kept + lines + "\n");
  }

  private Path copy(Path from, String name, String... files) throws IOException {
    Path to = Files.createDirectories(folder.resolve(name));
    for (String file : files) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
    return to;
  }

  private static void assertEnds(Ended ended, int code, String line) {
    assertThat(ended.errors()).contains(line).hasLineCount(1);
    assertThat(ended.code()).as(ended.errors()).isEqualTo(code);
  }

  private record Ended(int code, String errors) {}

  private static Ended run(Path config) throws Exception {
    return run("train", "--config", config.toString());
  }

  private static Ended run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-cp");
    command.add(
        AppSpec.classPath("trainer-worker", "alluvium-trainer-worker").stream()
            .map(Path::toString)
            .collect(Collectors.joining(java.io.File.pathSeparator)));
    command.add("io.alluvium.trainer.TrainerWorker");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream errors = process.getErrorStream()) {
      String text = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends by itself").isTrue();
      return new Ended(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
    }
  }
}
