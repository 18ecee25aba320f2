package io.alluvium.trainer.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.gate.GateConfig;
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
    assertThat(config.gate()).isEqualTo(GateConfig.defaults());
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
  void aKeyOfAnEarlierBuildIsRefusedByItsNewName() {
    assertRefused(
        LEAST + "finetune: { targets: [q_proj] }\n",
        "finetune.targets is called finetune.targetModules now: rename the key");
    assertRefused(
        LEAST + "finetune: { recompute: true }\n",
        "finetune.recompute is called finetune.gradientCheckpointing now");
    assertRefused(
        LEAST + "finetune: { loop: { passTokens: 9 } }\n",
        "finetune.loop.passTokens is called finetune.loop.microBatchTokens now");
    assertRefused(
        LEAST + "finetune: { adapter: { exclude: [v_proj] } }\n",
        "finetune.adapter.exclude is called finetune.adapter.excludeModules now");
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

  @Test
  void whereNothingIsNamedItIsWhatTheBasesFolderHolds() throws IOException {
    TrainerConfig config = read(onBase());
    assertThat(config.gate().retention())
        .containsExactly(
            folder.resolve("base/retention/add.jsonl"),
            folder.resolve("base/retention/sort.jsonl"));
    assertThat(config.finetune().anchors().file())
        .isEqualTo(folder.resolve("base/anchors.jsonl").toString());
    assertThat(config.finetune().withAnchors(AnchorConfig.defaults()))
        .isEqualTo(FineTuneConfig.defaults());
  }

  @Test
  void whatIsNamedIsUsedInstead() throws IOException {
    TrainerConfig config =
        read(
            onBase()
                + "gate: { retention: [/other.jsonl] }\n"
                + "finetune: { anchors: { file: /others.jsonl } }\n");
    assertThat(config.gate().retention()).containsExactly(Path.of("/other.jsonl"));
    assertThat(config.finetune().anchors().file()).isEqualTo("/others.jsonl");
  }

  @Test
  void whatIsTurnedOffStaysOff() throws IOException {
    assertThat(read(onBase() + "gate: { retention: [] }\n").gate().retention()).isEmpty();
    AnchorConfig none = anchors("perBatch: 0");
    assertThat(none.file()).isNull();
    assertThat(none.wanted()).isFalse();
    assertThat(anchors("generate: 0").wanted()).isFalse();
  }

  /** Also where the number is the one that it would be anyway. */
  @Test
  void anchorsToGenerateAreGenerated() throws IOException {
    assertThat(anchors("generate: 2500")).isEqualTo(AnchorConfig.defaults());
    assertThat(anchors("generate: 32").file()).isNull();
  }

  @Test
  void aBaseMayBeNamedByItsUri() throws IOException {
    Path base = folder.resolve("base");
    String uri = onBase().replace(base.toString(), "\"" + base.toUri() + "\"");
    assertThat(read(uri).gate().retention()).hasSize(2);
  }

  private AnchorConfig anchors(String yaml) throws IOException {
    return read(onBase() + "finetune: { anchors: { " + yaml + " } }\n").finetune().anchors();
  }

  /** The least configuration, on a base with two suites and anchors. */
  private String onBase() throws IOException {
    Path base = folder.resolve("base");
    Files.createDirectories(base.resolve("retention"));
    Files.writeString(base.resolve("retention/sort.jsonl"), "");
    Files.writeString(base.resolve("retention/add.jsonl"), "");
    Files.writeString(base.resolve("retention/README.md"), "");
    Files.writeString(base.resolve("anchors.jsonl"), "");
    return LEAST.replace("/models/tiny", base.toString());
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
