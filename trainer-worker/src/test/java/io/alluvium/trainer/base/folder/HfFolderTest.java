package io.alluvium.trainer.base.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.base.TinyModel;
import io.alluvium.trainer.base.safetensors.Dtype;
import io.alluvium.trainer.base.safetensors.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HfFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    TinyModel.write(folder, TinyModel.MISTRAL, 1);
  }

  @Test
  void configurationIsReadAsWritten() throws IOException {
    assertThat(HfFolder.open(folder).config()).isEqualTo(TinyModel.MISTRAL);
  }

  @Test
  void digestFollowsEveryFile() throws IOException {
    String before = HfFolder.open(folder).digest();
    assertThat(HfFolder.open(folder).digest()).isEqualTo(before).hasSize(64);
    Files.writeString(
        folder.resolve("tokenizer.json"), Files.readString(folder.resolve("tokenizer.json")) + " ");
    assertThat(HfFolder.open(folder).digest()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "model.safetensors"})
  void aMissingFileIsNamedWithTheRemedy(String name) throws IOException {
    Files.delete(folder.resolve(name));
    assertRefused(name, "missing; ");
  }

  @Test
  void aMissingFolderIsNamed() {
    assertThatThrownBy(() -> HfFolder.open(folder.resolve("nowhere")))
        .isInstanceOf(BadModelFolderException.class)
        .hasMessageContaining("no such folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\":\"mistral\" | \"model_type\":\"gpt_neox\" | not supported; known: [llama, mistral]",
        "\"hidden_act\":\"silu\" | \"hidden_act\":\"gelu\" | hidden_act 'gelu'",
        "\"hidden_size\":24 | \"hidden_size\":\"x\" | hidden_size is missing",
        "\"num_key_value_heads\":2 | \"num_key_value_heads\":3 | num_attention_heads",
        "\"hidden_size\":24 | \"hidden_size\":25 | has shape",
        "\"sliding_window\":null | \"attention_bias\":true | attention_bias true",
        "\"sliding_window\":null | \"rope_scaling\":{\"rope_type\":\"llama3\"} | type 'llama3'",
      })
  void aShapeThatWouldBeComputedWronglyIsRefused(String from, String to, String what)
      throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace(from, to));
    assertRefused(folder.toString(), what);
  }

  @Test
  void aSlidingWindowLimitsThePositions() throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replace("\"sliding_window\":null", "\"sliding_window\":32"));
    assertThat(HfFolder.open(folder).config().maxPositions()).isEqualTo(32);
  }

  @Test
  void truncatedWeightsAreRefused() throws IOException {
    Path weights = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 100));
    assertRefused("model.safetensors", "truncated");
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    Map<String, FloatTensor> weights = TinyModel.weights(TinyModel.MISTRAL, 1);
    weights.remove("lm_head.weight");
    TinyModel.write(folder, TinyModel.MISTRAL, weights, Dtype.F32);
    assertRefused(folder.toString(), "no weight file holds tensor lm_head.weight");
  }

  @Test
  void anIndexThatLeavesTheFolderIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"a\":\"../x.safetensors\"}}");
    assertRefused("index.json", "want a file beside it");
  }

  private void assertRefused(String file, String what) {
    assertThatThrownBy(() -> HfFolder.open(folder))
        .isInstanceOf(BadModelFolderException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(what)
        .hasMessageNotContaining("\n");
  }
}
