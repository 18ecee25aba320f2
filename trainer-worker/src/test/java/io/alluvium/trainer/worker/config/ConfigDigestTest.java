package io.alluvium.trainer.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDigestTest {
  private static final String SUITE = "{\"prompt\": \"1+1=\", \"completion\": \"2\"}\n";
  private static final String ANCHORS = "{\"text\": \"once upon a time\"}\n";

  private final Path folder;
  private final String plain;

  ConfigDigestTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.plain = digest("plain", SUITE, ANCHORS, "");
  }

  @Test
  void theSameContentsUnderAnotherPathAreTheSameSettings() throws IOException {
    assertThat(digest("elsewhere", SUITE, ANCHORS, "")).isEqualTo(plain).hasSize(64);
  }

  @Test
  void oneByteOfASuiteOrAnchorMakesOtherSettings() throws IOException {
    assertThat(digest("plain", SUITE.replace("2", "3"), ANCHORS, "")).isNotEqualTo(plain);
    assertThat(digest("plain", SUITE, ANCHORS.replace("time", "tide"), "")).isNotEqualTo(plain);
  }

  @Test
  void whatTheBasesFolderHoldsCountsAsIfItWereNamed() throws IOException {
    String own = digestOnBase(SUITE, ANCHORS);
    assertThat(own).isEqualTo(plain);
    assertThat(digestOnBase(SUITE.replace("2", "3"), ANCHORS)).isNotEqualTo(own);
    assertThat(digestOnBase(SUITE, ANCHORS.replace("time", "tide"))).isNotEqualTo(own);
  }

  @Test
  void whatTheEngineComputesWithMakesOtherSettings() throws IOException {
    assertThat(digest("plain", SUITE, ANCHORS, ", dataType: BF16")).isNotEqualTo(plain);
    assertThat(digest("plain", SUITE, ANCHORS, ", threads: 2")).isNotEqualTo(plain);
    assertThat(digest("plain", SUITE, ANCHORS, ", device: CUDA")).isNotEqualTo(plain);
    assertThat(digest("plain", SUITE, ANCHORS, ", maxTokens: 64")).isNotEqualTo(plain);
  }

  @Test
  void anotherBaseMakesOtherSettings() throws IOException {
    TrainerConfig config = config("plain", SUITE, ANCHORS, "");
    assertThat(new ConfigDigest(config, "d".repeat(64)).hex())
        .isNotEqualTo(new ConfigDigest(config, "e".repeat(64)).hex());
  }

  @Test
  void aSuiteThatIsNotThereIsNamed() throws IOException {
    TrainerConfig config = config("gone", SUITE, ANCHORS, "");
    Path suite = config.gate().retention().get(0);
    Files.delete(suite);
    assertThatThrownBy(() -> new ConfigDigest(config, "d").hex())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(suite.toString());
  }

  private String digest(String place, String suite, String anchors, String base)
      throws IOException {
    return new ConfigDigest(config(place, suite, anchors, base), "d".repeat(64)).hex();
  }

  private String digestOnBase(String suite, String anchors) throws IOException {
    Path base = folder.resolve("base");
    Files.createDirectories(base.resolve("retention"));
    Files.writeString(base.resolve("retention/add.jsonl"), suite);
    Files.writeString(base.resolve("anchors.jsonl"), anchors);
    return new ConfigDigest(read(base, base.toString(), ""), "d".repeat(64)).hex();
  }

  private TrainerConfig config(String place, String suite, String anchors, String base)
      throws IOException {
    Path at = Files.createDirectories(folder.resolve(place));
    return read(
        at,
        "/models/tiny" + base,
        """
        gate: { retention: ["%s"] }
        finetune: { anchors: { file: "%s" } }
        """
            .formatted(
                Files.writeString(at.resolve("suite.jsonl"), suite),
                Files.writeString(at.resolve("anchors.jsonl"), anchors)));
  }

  private static TrainerConfig read(Path at, String base, String more) throws IOException {
    return ConfigFile.read(
        Files.writeString(
            at.resolve("worker.yaml"),
            """
            kafka: { bootstrap.servers: "127.0.0.1:9092" }
            registry: { schema.registry.url: "http://127.0.0.1:8081" }
            base: { folder: %s }
            store: { uri: "file:///artifacts" }
            workDir: /work
            %s
            """
                .formatted(base, more)));
  }
}
