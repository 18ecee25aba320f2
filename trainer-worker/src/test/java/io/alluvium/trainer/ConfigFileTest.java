package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.finetune.config.FineTuneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final String LEAST =
      """
      kafka: { bootstrap.servers: "127.0.0.1:9092", compression.type: zstd }
      registry: { schema.registry.url: "http://127.0.0.1:8081" }
      base: { folder: /models/tiny }
      store: { uri: "file:///artifacts" }
      workDir: /work
      """;

  private final Path folder;

  ConfigFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theRestComesFromTheDefaults() throws IOException {
    TrainerConfig config = read(LEAST);
    assertThat(config.kafka()).containsEntry("compression.type", "zstd");
    assertThat(config.window().age()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.gate().confidence()).isEqualTo(0.95);
    assertThat(config.finetune()).isEqualTo(FineTuneConfig.defaults());
    assertThat(config.partitions()).isNull();
    assertThat(config.metrics().scorePort()).isEqualTo(9465);
  }

  @Test
  void aKeyIsReplacedAndItsNeighboursStay() throws IOException {
    TrainerConfig config =
        read(LEAST + "finetune: { anchors: { perBatch: 4 } }\nwindow: { age: PT1M }\n");
    assertThat(config.finetune().anchors().perBatch()).isEqualTo(4);
    assertThat(config.finetune().anchors().generate())
        .isEqualTo(FineTuneConfig.defaults().anchors().generate());
    assertThat(config.window().age()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.window().examples()).isEqualTo(256);
  }

  @Test
  void mistakesAreNamedWithKeyValueAndRule() {
    assertRefused(LEAST + "windw: { age: PT1M }\n", "windw is not a known key");
    assertRefused(LEAST + "window: { exampels: 3 }\n", "window.exampels is not a known key");
    assertRefused(LEAST + "window: { examples: many }\n", "window.examples is many, must be a int");
    assertRefused(LEAST + "window: { age: 20s }\n", "window.age is 20s, must be a Duration");
    assertRefused(LEAST + "window: { examples: 0 }\n", "window.examples is 0, must be at least 1");
    assertRefused(LEAST + "gate: { confidence: 7 }\n", "gate.confidence is 7.0");
    assertRefused(LEAST + "finetune: { epochs: 0 }\n", "finetune.epochs");
    assertRefused(
        LEAST + "finetune: { adapter: { kind: ia3 } }\n",
        "finetune.adapter.kind is ia3, want one of [lora, rslora, b-only, dora, corda, eva, randlora");
    assertRefused(
        LEAST + "finetune: { adapter: { kind: corda }, anchors: { perBatch: 0 } }\n",
        "finetune.adapter.kind is corda, want anchors beside it");
    assertRefused(
        LEAST + "finetune: { adapter: { rankPattern: { 'q(': 2 } } }\n",
        "rank_pattern 'q(' is no regular expression");
    assertRefused(
        LEAST.replace("/models/tiny", "/models/tiny, maxTokens: 1"),
        "base.maxTokens is 1, must be at least 2");
    assertRefused(LEAST + "workDir: /other\n", "Duplicate field 'workDir'");
    assertRefused(LEAST + "patience: PT0S\n", "patience is PT0S, must be at least PT1S");
    assertRefused(LEAST.replace("workDir: /work\n", ""), "workDir is missing: name a folder");
    assertRefused(LEAST.replace("folder: /models/tiny", ""), "base.folder is missing");
    assertRefused(
        LEAST.replaceFirst("bootstrap.servers[^,]*,", ""), "kafka.bootstrap.servers is missing");
    assertRefused("{ oops", "not YAML");
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("absent.yaml")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be read (NoSuchFileException): correct --config");
  }

  private void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("worker.yaml");
  }

  private TrainerConfig read(String yaml) throws IOException {
    return ConfigFile.read(Files.writeString(folder.resolve("worker.yaml"), yaml));
  }
}
