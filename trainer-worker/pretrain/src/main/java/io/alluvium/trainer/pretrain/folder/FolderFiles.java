package io.alluvium.trainer.pretrain.folder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes everything of a Hugging Face model folder but the weights, and the retention suites beside
 * it.
 */
public final class FolderFiles {
  private final Path folder;
  private final ObjectMapper json = new ObjectMapper();

  /** Files below {@code folder}, which need not exist yet. */
  public FolderFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes {@code config.json}, {@code tokenizer.json} and {@code tokenizer_config.json}. */
  public void writeModel(ModelShape shape) throws IOException {
    Files.createDirectories(folder);
    write("config.json", configuration(shape));
    TokenizerFiles tokenizer = new TokenizerFiles(json);
    write("tokenizer.json", tokenizer.tokenizer());
    write("tokenizer_config.json", tokenizer.configuration(shape.positions()));
  }

  /** Writes {@code retention/SKILL.jsonl} for every suite. */
  public void writeSuites(Map<String, List<SkillRecord>> suites) throws IOException {
    SkillFiles files = new SkillFiles(folder);
    for (Map.Entry<String, List<SkillRecord>> suite : suites.entrySet()) {
      StringBuilder lines = new StringBuilder();
      for (SkillRecord example : suite.getValue()) {
        lines.append(json.writeValueAsString(line(example))).append('\n');
      }
      Path file = files.suite(suite.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    }
  }

  private ObjectNode line(SkillRecord example) {
    ObjectNode line = json.createObjectNode();
    line.put("prompt", example.prompt()).put("completion", example.completion());
    line.putObject("labels").put("skill", example.skill());
    return line;
  }

  private ObjectNode configuration(ModelShape shape) {
    ObjectNode config = json.createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("model_type", "llama").put("torch_dtype", "bfloat16");
    config.put("bos_token_id", CharacterVocabulary.BOS);
    config.put("eos_token_id", CharacterVocabulary.EOS);
    config.put("pad_token_id", CharacterVocabulary.PAD);
    config.put("vocab_size", CharacterVocabulary.TOKENS.size());
    config.put("hidden_size", shape.hidden()).put("intermediate_size", shape.mlp());
    config.put("num_hidden_layers", shape.layers());
    config.put("num_attention_heads", shape.heads()).put("num_key_value_heads", shape.heads());
    config.put("max_position_embeddings", shape.positions());
    config.put("rms_norm_eps", ModelShape.NORM_EPSILON).put("rope_theta", ModelShape.ROPE_THETA);
    config.putNull("rope_scaling").put("hidden_act", "silu").put("tie_word_embeddings", true);
    config.put("attention_bias", false).put("mlp_bias", false).put("initializer_range", 0.02);
    return config;
  }

  private void write(String name, ObjectNode content) throws IOException {
    String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(content);
    Files.writeString(folder.resolve(name), text + "\n");
  }
}
