package io.alluvium.trainer.model.folder;

import io.alluvium.trainer.model.config.ConfigReader;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small folders with random weights, one for each architecture, configured as its makers do. */
public enum TinyArchitecture {
  LLAMA("llama", ""),
  SMOLLM("llama", "\"tie_word_embeddings\": true, \"num_key_value_heads\": 1"),
  LLAMA_BIASED("llama", "\"attention_bias\": true, \"mlp_bias\": true"),
  LLAMA_LINEAR("llama", "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.5}"),
  LLAMA_31(
      "llama",
      """
      "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
        "high_freq_factor": 4.0, "original_max_position_embeddings": 24}
      """),
  LLAMA_YARN(
      "llama",
      """
      "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 24}
      """),
  MISTRAL("mistral", "\"sliding_window\": null"),
  MISTRAL_WINDOW("mistral", "\"sliding_window\": 7"),
  QWEN2("qwen2", "\"use_sliding_window\": false, \"sliding_window\": 7"),
  QWEN2_WINDOW(
      "qwen2", "\"use_sliding_window\": true, \"sliding_window\": 7, \"max_window_layers\": 1"),
  QWEN3("qwen3", "\"head_dim\": 10"),
  QWEN3_MOE(
      "qwen3_moe",
      """
      "num_experts": 5, "num_experts_per_tok": 2, "moe_intermediate_size": 20,
      "norm_topk_prob": true, "head_dim": 10, "mlp_only_layers": [], "decoder_sparse_step": 1
      """),
  QWEN3_MOE_RAW(
      "qwen3_moe",
      """
      "num_experts": 3, "num_experts_per_tok": 3, "moe_intermediate_size": 12,
      "use_sliding_window": true, "sliding_window": 7
      """),
  MIXTRAL("mixtral", "\"num_local_experts\": 4, \"sliding_window\": null"),
  GEMMA2(
      "gemma2",
      """
      "hidden_activation": "gelu_pytorch_tanh", "head_dim": 10, "query_pre_attn_scalar": 12,
      "attn_logit_softcapping": 5.0, "final_logit_softcapping": 3.0, "sliding_window": 7
      """),
  GEMMA2_FULL(
      "gemma2",
      """
      "head_dim": 10, "query_pre_attn_scalar": 400, "final_logit_softcapping": 3.0,
      "attn_logit_softcapping": null, "sliding_window": 7,
      "layer_types": ["full_attention", "full_attention", "sliding_attention"]
      """),
  GEMMA3(
      "gemma3_text",
      """
      "head_dim": 10, "query_pre_attn_scalar": 12, "sliding_window": 7, "sliding_window_pattern": 2,
      "rope_local_base_freq": 90.0, "rope_scaling": {"rope_type": "linear", "factor": 8.0}
      """),
  SMOLLM3("smollm3", "\"no_rope_layers\": [1, 0, 1], \"attention_bias\": false"),
  PHI3("phi3", "\"sliding_window\": 7"),
  PHI3_PART("phi3", "\"partial_rotary_factor\": 0.7"),
  PHI3_LONG(
      "phi3",
      """
      "original_max_position_embeddings": 20, "rope_scaling": {"type": "longrope",
        "short_factor": [1.0, 1.1, 1.3], "long_factor": [1.5, 2.5, 4.5]}
      """),
  GPT2("gpt2", "\"activation_function\": \"gelu_new\"");

  private final String modelType;
  private final String more;

  TinyArchitecture(String modelType, String more) {
    this.modelType = modelType;
    this.more = more;
  }

  /** As config.json has it. */
  public String modelType() {
    return modelType;
  }

  /** Writes the folder. */
  public Path write(Path folder, Dtype dtype) throws IOException {
    Map<String, FloatTensor> weights = weights(folder);
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, dtype);
    return folder;
  }

  /** Writes all but the weights, and returns these. */
  public Map<String, FloatTensor> weights(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), json());
    TinyModel.writeTokenizer(folder);
    return new HashMap<>(TinyModel.weights(ConfigReader.read(folder), 7));
  }

  private String json() {
    String sizes =
        this == GPT2
            ? "\"n_embd\": 24, \"n_layer\": 3, \"n_head\": 4, \"n_positions\": 96, \"n_inner\": null"
            : """
              "hidden_size": 24, "num_hidden_layers": 3, "num_attention_heads": 4,
              "intermediate_size": 36, "rms_norm_eps": 1e-5, "rope_theta": 500.0,
              "max_position_embeddings": 96
              """;
    List<String> parts =
        List.of(
            "\"model_type\": \"" + modelType + "\"",
            "\"vocab_size\": 61, \"bos_token_id\": 1, \"eos_token_id\": 2",
            sizes,
            more.contains("num_key_value_heads") || this == GPT2
                ? "\"use_cache\": true"
                : "\"num_key_value_heads\": 2",
            more.isEmpty() ? "\"pad_token_id\": 0" : more);
    return "{" + String.join(", ", parts) + "}";
  }
}
