package io.alluvium.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.Cli;
import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive in stock PyTorch, beside PEFT where it is installed. {@code ALLUVIUM_PYTHON} names
 * another interpreter than {@code python3}.
 */
class PeftCompareIT {
  private static final String PYTHON =
      System.getenv().getOrDefault("ALLUVIUM_PYTHON", "/usr/bin/python3");
  private static final Path SCRIPT = Path.of("../../trainer-worker/bench/peft_compare.py");
  private static final String TINY =
      """
      {"model_type": "qwen2", "vocab_size": 300, "hidden_size": 48, "num_hidden_layers": 2,
       "num_attention_heads": 6, "num_key_value_heads": 2, "intermediate_size": 96,
       "hidden_act": "silu", "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
       "max_position_embeddings": 128, "tie_word_embeddings": false, "use_sliding_window": false}
      """;

  @TempDir static Path folder;

  /** Before each test, because a class that is left out as a whole is in no report. */
  @BeforeEach
  void requireTorch() throws Exception {
    String version = "import torch; raise SystemExit(int(torch.__version__.split('.')[0]) < 2)";
    Requirement.notInDebian(
        Files.isExecutable(Path.of(PYTHON)) && run(PYTHON, "-c", version).code() == 0,
        "PyTorch 2 or newer for " + PYTHON + "; ALLUVIUM_PYTHON names another interpreter");
    if (Files.notExists(archive())) {
      write();
    }
  }

  private static void write() throws IOException {
    Files.writeString(folder.resolve("config.json"), TINY);
    assertThat(
            Cli.run("program", "--model", folder.toString(), "--out", archive().toString()).code())
        .isZero();
  }

  @Test
  void lossesAreThoseOfTheOtherImplementation() throws Exception {
    JsonNode result = json();
    assertThat(result.path("largestRelativeLossDifference").asDouble()).isLessThan(1e-5);
    List<Double> losses = new ArrayList<>();
    result.path("results").get(0).path("losses").forEach(loss -> losses.add(loss.asDouble()));
    assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0));
    assertThat(result.path("results").get(1).path("tokensPerSecond").asDouble()).isPositive();
  }

  @Test
  void thePlainImplementationSaysThatItIsNotPeft() throws Exception {
    JsonNode result = json("--plain");
    assertThat(result.path("insteadOfPeft").asText()).isEqualTo("asked for by --plain");
    assertThat(result.path("largestRelativeLossDifference").asDouble()).isLessThan(1e-5);
  }

  @Test
  void noStepReadsAValueOrMakesATensorElsewhere() throws Exception {
    assertThat(json("--check-device").path("deviceCheck").asText()).isEqualTo("passed");
  }

  private static JsonNode json(String... more) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(PYTHON, SCRIPT.toString(), "--archive", archive().toString(), "--steps", "2"));
    command.addAll(List.of("--tokens", "24", "--format", "json"));
    command.addAll(List.of(more));
    Ended ended = run(command.toArray(String[]::new));
    assertThat(ended.code()).as(ended.said()).isZero();
    return new ObjectMapper().readTree(ended.said().lines().reduce((a, b) -> b).orElseThrow());
  }

  private static Path archive() {
    return folder.resolve("program.pt");
  }

  private record Ended(int code, String said) {}

  private static Ended run(String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), Files.readString(said));
  }
}
