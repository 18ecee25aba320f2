package io.alluvium.trainer.base.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import io.alluvium.trainer.base.lora.kind.AdapterKind;
import io.alluvium.trainer.base.lora.kind.Dora;
import io.alluvium.trainer.base.lora.kind.Lora;
import io.alluvium.trainer.base.lora.kind.RsLora;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PEFT's adapter_config.json for LoRA and its variants. */
final class PeftConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PeftConfig() {}

  /** The fields that PEFT's LoraConfig writes, in its (alphabetical) order. */
  static String json(LoraSpec spec, DecoderConfig base, String baseName) throws IOException {
    Patterns patterns = spec.patterns();
    ObjectNode root = JSON.createObjectNode();
    ObjectNode alphas = root.putObject("alpha_pattern");
    patterns.alphas().forEach((key, alpha) -> putNumber(alphas, key, alpha));
    root.putNull("auto_mapping");
    root.put("base_model_name_or_path", baseName);
    root.put("bias", "none");
    if (!patterns.exclude().isEmpty()) {
      patterns.exclude().forEach(root.putArray("exclude_modules")::add);
    }
    root.put("fan_in_fan_out", base.architecture().layout().transposed());
    root.put("inference_mode", true);
    root.put("init_lora_weights", true);
    root.putNull("layer_replication");
    root.putNull("layers_pattern");
    root.set("layers_to_transform", JSON.valueToTree(patterns.layers()));
    root.putObject("loftq_config");
    putNumber(root, "lora_alpha", spec.alpha());
    root.put("lora_bias", false);
    root.put("lora_dropout", 0.0);
    root.putNull("megatron_config");
    root.put("megatron_core", "megatron.core");
    root.putNull("modules_to_save");
    root.put("peft_type", "LORA");
    root.put("r", spec.rank());
    patterns.ranks().forEach(root.putObject("rank_pattern")::put);
    root.putNull("revision");
    root.set("target_modules", targets(spec));
    root.put("task_type", "CAUSAL_LM");
    root.put("use_dora", spec.kind() instanceof Dora);
    root.put("use_rslora", spec.kind() instanceof RsLora);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  static LoraSpec read(Path file, DecoderConfig base) throws IOException {
    try {
      JsonNode root = JSON.readTree(file.toFile());
      requireKnown(file, root);
      requireOrientation(file, root, base);
      return new LoraSpec(
          root.path("r").asInt(),
          root.path("lora_alpha").asDouble(),
          texts(root.path("target_modules")),
          kind(root),
          patterns(root));
    } catch (JsonProcessingException e) {
      throw new BadAdapterException(file, "not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw new BadAdapterException(file, String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode targets(LoraSpec spec) {
    String modules = spec.patterns().modules();
    return JSON.valueToTree(modules == null ? spec.targets() : modules);
  }

  private static AdapterKind kind(JsonNode root) {
    if (root.path("use_dora").asBoolean(false)) {
      return new Dora();
    }
    return root.path("use_rslora").asBoolean(false) ? new RsLora() : new Lora();
  }

  private static Patterns patterns(JsonNode root) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    root.path("rank_pattern")
        .properties()
        .forEach(e -> ranks.put(e.getKey(), e.getValue().asInt()));
    Map<String, Double> alphas = new LinkedHashMap<>();
    root.path("alpha_pattern")
        .properties()
        .forEach(e -> alphas.put(e.getKey(), e.getValue().asDouble()));
    JsonNode modules = root.path("target_modules");
    return new Patterns(
        ranks,
        alphas,
        layers(root.path("layers_to_transform")),
        modules.isTextual() ? modules.asText() : null,
        texts(root.path("exclude_modules")));
  }

  /** PEFT takes one number for a list of one. */
  private static @Nullable List<Integer> layers(JsonNode layers) {
    if (layers.isInt()) {
      return List.of(layers.asInt());
    }
    List<Integer> numbers = new ArrayList<>();
    layers.forEach(layer -> numbers.add(layer.asInt(-1)));
    return numbers.isEmpty() ? null : numbers;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** A whole alpha is written as PEFT users write it: 16, not 16.0. */
  private static void putNumber(ObjectNode root, String field, double alpha) {
    if (alpha == Math.rint(alpha) && alpha < Integer.MAX_VALUE) {
      root.put(field, (int) alpha);
    } else {
      root.put(field, alpha);
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

  private static void requireKnown(Path file, JsonNode root) throws BadAdapterException {
    if (!root.path("peft_type").asText().equals("LORA")) {
      throw new BadAdapterException(file, "peft_type is " + root.path("peft_type") + ", want LORA");
    }
    if (!root.path("bias").asText("none").equals("none")) {
      throw new BadAdapterException(file, "bias is " + root.path("bias") + ", want none");
    }
    if (root.path("lora_bias").asBoolean(false)) {
      throw new BadAdapterException(file, "lora_bias true is not supported");
    }
    if (root.path("use_dora").asBoolean(false) && root.path("use_rslora").asBoolean(false)) {
      throw new BadAdapterException(file, "use_dora with use_rslora is not supported");
    }
    for (String field : List.of("modules_to_save", "layer_replication", "layers_pattern")) {
      if (!root.path(field).isEmpty()) {
        throw new BadAdapterException(file, field + " is not supported");
      }
    }
    JsonNode exclude = root.path("exclude_modules");
    if (exclude.isTextual()) {
      throw new BadAdapterException(file, "exclude_modules as an expression is not supported");
    }
    JsonNode targets = root.path("target_modules");
    if (!targets.isArray() && !targets.isTextual()) {
      throw new BadAdapterException(file, "target_modules is no list of names and no expression");
    }
  }
}
