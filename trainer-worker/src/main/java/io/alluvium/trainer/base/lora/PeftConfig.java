package io.alluvium.trainer.base.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PEFT's adapter_config.json for plain LoRA. */
final class PeftConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PeftConfig() {}

  /** The fields that PEFT's LoraConfig writes, in its (alphabetical) order. */
  static String json(LoraSpec spec, DecoderConfig base, String baseName) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("alpha_pattern");
    root.putNull("auto_mapping");
    root.put("base_model_name_or_path", baseName);
    root.put("bias", "none");
    root.put("fan_in_fan_out", base.architecture().layout().transposed());
    root.put("inference_mode", true);
    root.put("init_lora_weights", true);
    root.putNull("layer_replication");
    root.putNull("layers_pattern");
    root.putNull("layers_to_transform");
    root.putObject("loftq_config");
    putNumber(root, spec.alpha());
    root.put("lora_bias", false);
    root.put("lora_dropout", 0.0);
    root.putNull("megatron_config");
    root.put("megatron_core", "megatron.core");
    root.putNull("modules_to_save");
    root.put("peft_type", "LORA");
    root.put("r", spec.rank());
    root.putObject("rank_pattern");
    root.putNull("revision");
    spec.targets().forEach(root.putArray("target_modules")::add);
    root.put("task_type", "CAUSAL_LM");
    root.put("use_dora", false);
    root.put("use_rslora", false);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  static LoraSpec read(Path file, DecoderConfig base) throws IOException {
    try {
      JsonNode root = JSON.readTree(file.toFile());
      requirePlain(file, root);
      requireOrientation(file, root, base);
      List<String> targets = new ArrayList<>();
      root.path("target_modules").forEach(target -> targets.add(target.asText()));
      return new LoraSpec(root.path("r").asInt(), root.path("lora_alpha").asDouble(), targets);
    } catch (JsonProcessingException e) {
      throw new BadAdapterException(file, "not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw new BadAdapterException(file, String.valueOf(e.getMessage()));
    }
  }

  /** A whole alpha is written as PEFT users write it: 16, not 16.0. */
  private static void putNumber(ObjectNode root, double alpha) {
    if (alpha == Math.rint(alpha) && alpha < Integer.MAX_VALUE) {
      root.put("lora_alpha", (int) alpha);
    } else {
      root.put("lora_alpha", alpha);
    }
  }

  private static void requireOrientation(Path file, JsonNode root, DecoderConfig base)
      throws BadAdapterException {
    boolean transposed = base.architecture().layout().transposed();
    if (root.path("fan_in_fan_out").asBoolean(false) != transposed) {
      throw new BadAdapterException(
          file, "fan_in_fan_out is " + !transposed + ", this base wants " + transposed);
    }
  }

  private static void requirePlain(Path file, JsonNode root) throws BadAdapterException {
    if (!root.path("peft_type").asText().equals("LORA")) {
      throw new BadAdapterException(file, "peft_type is " + root.path("peft_type") + ", want LORA");
    }
    if (!root.path("bias").asText("none").equals("none")) {
      throw new BadAdapterException(file, "bias is " + root.path("bias") + ", want none");
    }
    for (String field : List.of("use_dora", "use_rslora", "lora_bias")) {
      if (root.path(field).asBoolean(false)) {
        throw new BadAdapterException(file, field + " true is not supported");
      }
    }
    for (String field :
        List.of(
            "alpha_pattern",
            "rank_pattern",
            "modules_to_save",
            "layers_to_transform",
            "layer_replication")) {
      if (!root.path(field).isEmpty()) {
        throw new BadAdapterException(file, field + " is not supported");
      }
    }
    if (!root.path("target_modules").isArray()) {
      throw new BadAdapterException(file, "target_modules is no list of names");
    }
  }
}
