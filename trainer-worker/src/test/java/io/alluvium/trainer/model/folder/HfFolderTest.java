package io.alluvium.trainer.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
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
        "\"model_type\":\"mistral\" | \"model_type\":\"gpt_neox\" | not supported; known: [llama, mistral, qwen2, qwen3, qwen3_moe, mixtral, gemma2, gemma3_text, phi3, smollm3, gpt2]",
        "\"hidden_act\":\"silu\" | \"hidden_act\":\"gelu\" | hidden_act 'gelu'",
        "\"hidden_size\":24 | \"hidden_size\":\"x\" | hidden_size is missing",
        "\"num_key_value_heads\":2 | \"num_key_value_heads\":3 | num_attention_heads",
        "\"hidden_size\":24 | \"hidden_size\":25 | has shape",
        "\"model_type\":\"mistral\" | \"model_type\":\"qwen2\",\"layer_types\":[\"sliding_attention\",\"full_attention\"] | layer_types has sliding layers, but use_sliding_window",
        "\"model_type\":\"mistral\" | \"model_type\":\"gemma2\",\"layer_types\":[\"full_attention\"] | layer_types names 1 layers",
        "\"model_type\":\"mistral\" | \"model_type\":\"gemma2\",\"layer_types\":[\"chunked_attention\",\"full_attention\"] | layer_types names",
        "\"sliding_window\":null | \"partial_rotary_factor\":0.5 | partial_rotary_factor",
        "\"sliding_window\":null | \"rope_scaling\":{\"rope_type\":\"proportional\"} | of type 'proportional' is not supported; known: [default, linear, dynamic, llama3, yarn, longrope]",
        "\"sliding_window\":null | \"rope_scaling\":{\"type\":\"linear\",\"factor\":0} | rope_scaling.factor is 0",
      })
  void aShapeThatWouldBeComputedWronglyIsRefused(String from, String to, String what)
      throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace(from, to));
    assertRefused(folder.toString(), what);
  }

  @Test
  void aTensorThatTheArchitectureDoesNotHaveIsNamed() throws IOException {
    Map<String, FloatTensor> weights = TinyModel.weights(TinyModel.MISTRAL, 1);
    weights.put("model.layers.0.self_attn.rotary_emb.inv_freq", FloatTensor.of(new float[5], 5));
    TinyModel.write(folder, TinyModel.MISTRAL, weights, Dtype.F32);
    assertThat(HfFolder.open(folder).config()).isEqualTo(TinyModel.MISTRAL);
    weights.put("model.layers.0.self_attn.q_proj.bias", FloatTensor.of(new float[40], 40));
    TinyModel.write(folder, TinyModel.MISTRAL, weights, Dtype.F32);
    assertRefused(folder.toString(), "tensor model.layers.0.self_attn.q_proj.bias has no place");
  }

  @Test
  void aTensorInTwoShardsIsNamed() throws IOException {
    Files.copy(folder.resolve("model.safetensors"), folder.resolve("second.safetensors"));
    Files.move(folder.resolve("model.safetensors"), folder.resolve("first.safetensors"));
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"a\":\"first.safetensors\",\"b\":\"second.safetensors\"}}");
    assertRefused(folder.toString(), "stands in two files");
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
  void aHeadInTheFileCountsUnlessItIsTheEmbedding() throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"tie_word_embeddings\":false", "\"tie_word_embeddings\":true"));
    assertThat(HfFolder.open(folder).config().tiedHead()).isFalse();
    Map<String, FloatTensor> weights = TinyModel.weights(TinyModel.MISTRAL, 1);
    FloatTensor embedding = Objects.requireNonNull(weights.get("model.embed_tokens.weight"));
    weights.put("lm_head.weight", embedding);
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, Dtype.F32);
    assertThat(HfFolder.open(folder).config().tiedHead()).isTrue();
  }

  @Test
  void anIndexThatIsLeftBesideOneFileIsPassedOver() throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"a\":\"model-00001-of-00002.safetensors\"}}");
    assertThat(HfFolder.open(folder).config()).isEqualTo(TinyModel.MISTRAL);
  }

  @Test
  void anIndexThatLeavesTheFolderIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"a\":\"../x.safetensors\"}}");
    Files.delete(folder.resolve("model.safetensors"));
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
