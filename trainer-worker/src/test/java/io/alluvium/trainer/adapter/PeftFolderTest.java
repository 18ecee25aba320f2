package io.alluvium.trainer.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.BOnly;
import io.alluvium.trainer.adapter.kind.Corda;
import io.alluvium.trainer.adapter.kind.Dora;
import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.adapter.kind.RandLora;
import io.alluvium.trainer.adapter.kind.RsLora;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.program.device.EngineRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeftFolderTest {
  private static final LoraSpec SPEC = new LoraSpec(4, 8, List.of("down_proj", "q_proj"));

  static Stream<AdapterKind> kinds() {
    return Stream.of(
        new Lora(), new RsLora(), new Dora(), new BOnly(7), new Corda(), new RandLora(2, 7));
  }

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    EngineRuntime.start(1);
  }

  @BeforeEach
  void writeAdapter() throws IOException {
    try (LoraWeights adapter = TinyModel.adapter(TinyModel.MISTRAL, SPEC, 3)) {
      PeftFolder.write(folder, adapter, "my-base");
    }
  }

  @Test
  void namesAndShapesArePefts() throws IOException {
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"));
    assertThat(file.entries()).hasSize(8);
    assertThat(file.entry("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight").shape())
        .containsExactly(4L, 24L);
    assertThat(file.entry("base_model.model.model.layers.1.mlp.down_proj.lora_B.weight").shape())
        .containsExactly(24L, 4L);
  }

  @Test
  void theConfigurationIsPefts() throws IOException {
    assertThat(Files.readString(folder.resolve("adapter_config.json")))
        .contains("\"peft_type\" : \"LORA\"", "\"task_type\" : \"CAUSAL_LM\"")
        .contains("\"r\" : 4", "\"lora_alpha\" : 8,", "[ \"q_proj\", \"down_proj\" ]")
        .contains("\"base_model_name_or_path\" : \"my-base\"", "\"bias\" : \"none\"");
  }

  @Test
  void patternsStandWherePeftReadsThem() throws IOException {
    Patterns named =
        new Patterns(
            Map.of("layers.1.self_attn.q_proj", 2),
            Map.of("mlp.down_proj", 3.5),
            List.of(1),
            null,
            List.of("v_proj"));
    assertThat(written(new LoraSpec(4, 8, TinyModel.LINEARS, new RsLora(), named)))
        .contains("\"alpha_pattern\" : {\n    \"mlp.down_proj\" : 3.5\n  }")
        .contains("\"rank_pattern\" : {\n    \"layers.1.self_attn.q_proj\" : 2\n  }")
        .contains("\"layers_to_transform\" : [ 1 ]", "\"exclude_modules\" : [ \"v_proj\" ]")
        .contains("\"use_rslora\" : true", "\"use_dora\" : false");
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"));
    assertThat(file.entries().keySet())
        .hasSize(2 * 6)
        .allMatch(name -> name.startsWith("base_model.model.model.layers.1."));
    Patterns expression =
        new Patterns(Map.of(), Map.of(), null, "model\\.layers\\.0\\.mlp.*", List.of());
    assertThat(written(new LoraSpec(4, 8, List.of(), new Lora(), expression)))
        .contains("\"target_modules\" : \"model\\\\.layers\\\\.0\\\\.mlp.*\"");
  }

  @Test
  void doraHasAVectorOfLengthsUnderPeftsName() throws IOException {
    LoraSpec spec = new LoraSpec(4, 8, List.of("q_proj"), new Dora(), Patterns.NONE);
    assertThat(written(spec)).contains("\"use_dora\" : true");
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"));
    String name = "base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector";
    assertThat(file.entry(name).shape()).containsExactly(40L);
  }

  @Test
  void anAdapterSurvivesItsFolderByteForByte() throws IOException {
    Path again = Files.createDirectory(folder.resolve("again"));
    try (LoraWeights read = PeftFolder.read(folder, TinyModel.MISTRAL)) {
      assertThat(read.spec()).isEqualTo(SPEC);
      PeftFolder.write(again, read, "my-base");
    }
    for (String name : List.of("adapter_model.safetensors", "adapter_config.json")) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(folder.resolve(name));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsReadBackHasTheBytesThatWereWritten(AdapterKind kind) throws IOException {
    LoraSpec spec = new LoraSpec(4, 8, List.of("q_proj"), kind, Patterns.NONE);
    try (LoraWeights adapter = TinyModel.adapter(TinyModel.MISTRAL, spec, 3)) {
      PeftFolder.write(folder, adapter, "my-base");
      try (LoraWeights read = PeftFolder.read(folder, TinyModel.MISTRAL)) {
        assertThat(PeftFolder.sameBytes(adapter, read)).isTrue();
      }
    }
  }

  @Test
  void oneBitOfATensorOrAnotherScaleIsNotTheSame() throws IOException {
    try (LoraWeights adapter = TinyModel.adapter(TinyModel.MISTRAL, SPEC, 3)) {
      Path config = folder.resolve("adapter_config.json");
      Files.writeString(
          config, Files.readString(config).replace("\"lora_alpha\" : 8", "\"lora_alpha\" : 9"));
      assertSameBytes(adapter, false);
      PeftFolder.write(folder, adapter, "my-base");
      assertSameBytes(adapter, true);
      Path weights = folder.resolve("adapter_model.safetensors");
      byte[] bytes = Files.readAllBytes(weights);
      bytes[bytes.length - 4] = (byte) (bytes[bytes.length - 4] ^ 1);
      Files.write(weights, bytes);
      assertSameBytes(adapter, false);
    }
  }

  private void assertSameBytes(LoraWeights adapter, boolean same) throws IOException {
    try (LoraWeights read = PeftFolder.read(folder, TinyModel.MISTRAL)) {
      assertThat(PeftFolder.sameBytes(adapter, read)).isEqualTo(same);
    }
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    Map<String, FloatTensor> tensors = tensors();
    String name = "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight";
    tensors.remove(name);
    assertRefused(tensors, "tensor " + name + " is missing");
  }

  @Test
  void aSuperfluousTensorIsNamed() throws IOException {
    Map<String, FloatTensor> tensors = tensors();
    tensors.put("base_model.model.lm_head.lora_A.weight", FloatTensor.of(new float[4], 4, 1));
    assertRefused(tensors, "tensor base_model.model.lm_head.lora_A.weight matches nothing");
  }

  @Test
  void anotherBasesShapeIsNamed() throws IOException {
    Map<String, FloatTensor> tensors = tensors();
    String name = "base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight";
    tensors.put(name, FloatTensor.of(new float[8], 4, 2));
    assertRefused(tensors, "tensor " + name + " has shape [4, 2], want [4, 24]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use_dora\" : false | \"use_dora\" : true | lora_magnitude_vector is missing",
        "\"LORA\" | \"IA3\" | peft_type 'IA3' is not supported; known: [LORA]",
        "\"rank_pattern\" : { } | \"rank_pattern\" : {\"q\" : 1} | pattern 'q' matches no adapted linear",
        "\"q_proj\" | \"c_attn\" | target 'c_attn'",
        "\"r\" : 4 | \"r\" : 0 | rank 0",
        "\"init_lora_weights\" : true | \"init_lora_weights\" : \"pissa\" | init_lora_weights 'pissa' is not supported",
        "\"init_lora_weights\" : true | \"init_lora_weights\" : \"pissa_niter_4\" | init_lora_weights 'pissa_niter_4'",
        "\"init_lora_weights\" : true | \"init_lora_weights\" : \"olora\" | init_lora_weights 'olora'",
        "\"init_lora_weights\" : true | \"init_lora_weights\" : \"corda\" | init_lora_weights 'corda'",
        "\"init_lora_weights\" : true | \"init_lora_weights\" : \"loftq\" | init_lora_weights 'loftq'",
        "\"init_lora_weights\" : true | \"init_lora_weights\" : \"lora_ga\" | init_lora_weights 'lora_ga'",
        "\"revision\" : null | \"alora_invocation_tokens\" : [ 5 ] | alora_invocation_tokens [5] is not supported",
        "\"revision\" : null | \"trainable_token_indices\" : [ 5 ] | trainable_token_indices",
        "\"revision\" : null | \"target_parameters\" : [ \"x\" ] | target_parameters",
        "\"modules_to_save\" : null | \"modules_to_save\" : [ \"lm_head\" ] | modules_to_save",
        "\"bias\" : \"none\" | \"bias\" : \"all\" | bias 'all'",
        "\"revision\" : null | \"lora_twist\" : 2 | field lora_twist is not known",
        "\"q_proj\" | \"model.layers.7.self_attn.q_proj\" | target 'model.layers.7.self_attn.q_proj'",
      })
  void aSettingThatWouldBeComputedWronglyIsRefused(String from, String to, String what)
      throws IOException {
    Path config = folder.resolve("adapter_config.json");
    Files.writeString(config, Files.readString(config).replace(from, to));
    assertThatThrownBy(() -> PeftFolder.read(folder, TinyModel.MISTRAL))
        .isInstanceOf(BadAdapterException.class)
        .hasMessageContaining(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"model.layers.0.self_attn.q_proj\", \"model.layers.1.mlp.down_proj\"]",
        "[\"layers.0.self_attn.q_proj\", \"1.mlp.down_proj\"]",
        "\".*0[.].*q_proj|.*1[.].*down_proj\""
      })
  void aListOfPathsChoosesTheLinearsThatPeftWould(String modules) throws IOException {
    Path config = folder.resolve("adapter_config.json");
    Files.writeString(
        config, Files.readString(config).replace("[ \"q_proj\", \"down_proj\" ]", modules));
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"));
    Map<String, FloatTensor> kept = new TreeMap<>();
    for (String name : file.entries().keySet()) {
      if (name.contains("0.self_attn.q_proj") || name.contains("1.mlp.down_proj")) {
        List<Long> shape = file.entry(name).shape();
        kept.put(name, new FloatTensor(shape, file.floats(name)));
      }
    }
    SafetensorsWriter.write(folder.resolve("adapter_model.safetensors"), kept, Dtype.F32);
    try (LoraWeights adapter = PeftFolder.read(folder, TinyModel.MISTRAL)) {
      PeftFolder.write(folder, adapter, "my-base");
      assertThat(SafetensorsFile.open(folder.resolve("adapter_model.safetensors")).entries())
          .containsOnlyKeys(kept.keySet());
      try (LoraWeights again = PeftFolder.read(folder, TinyModel.MISTRAL)) {
        assertThat(again.spec()).isEqualTo(adapter.spec());
      }
    }
  }

  @Test
  void allLinearIsEveryLinear() throws IOException {
    LoraSpec all = new LoraSpec(4, 8, TinyModel.LINEARS);
    try (LoraWeights adapter = TinyModel.adapter(TinyModel.MISTRAL, all, 3)) {
      PeftFolder.write(folder, adapter, "my-base");
    }
    Path config = folder.resolve("adapter_config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceAll(
                "(?s)\"target_modules\" : \\[[^]]*]", "\"target_modules\" : \"all-linear\""));
    try (LoraWeights adapter = PeftFolder.read(folder, TinyModel.MISTRAL)) {
      assertThat(adapter.spec().targets()).isEqualTo(TinyModel.LINEARS);
    }
  }

  @Test
  void oneSeedGivesOneAdapterWithinPeftsBounds() {
    LoraSpec all = new LoraSpec(4, 8, TinyModel.LINEARS);
    try (LoraWeights first = LoraWeights.initial(TinyModel.MISTRAL, all, 7);
        LoraWeights second = LoraWeights.initial(TinyModel.MISTRAL, all, 7)) {
      float[] a = first.tensors().tensors().get(0).floats();
      assertThat(a).isEqualTo(second.tensors().tensors().get(0).floats());
      for (float value : a) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo((float) (1 / Math.sqrt(24)));
      }
      assertThat(first.tensors().tensors().get(1).floats()).containsOnly(0);
    }
  }

  private Map<String, FloatTensor> tensors() throws IOException {
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"));
    Map<String, FloatTensor> tensors = new TreeMap<>();
    for (String name : file.entries().keySet()) {
      tensors.put(name, new FloatTensor(file.entry(name).shape(), file.floats(name)));
    }
    return tensors;
  }

  /** The configuration of an adapter that was read back as it was written. */
  private String written(LoraSpec spec) throws IOException {
    try (LoraWeights adapter = TinyModel.adapter(TinyModel.MISTRAL, spec, 3)) {
      PeftFolder.write(folder, adapter, "my-base");
      try (LoraWeights read = PeftFolder.read(folder, TinyModel.MISTRAL)) {
        assertThat(read.spec()).isEqualTo(spec);
      }
    }
    return Files.readString(folder.resolve("adapter_config.json"));
  }

  private void assertRefused(Map<String, FloatTensor> tensors, String what) throws IOException {
    SafetensorsWriter.write(folder.resolve("adapter_model.safetensors"), tensors, Dtype.F32);
    assertThatThrownBy(() -> PeftFolder.read(folder, TinyModel.MISTRAL))
        .isInstanceOf(BadAdapterException.class)
        .hasMessageContaining(what);
  }
}
