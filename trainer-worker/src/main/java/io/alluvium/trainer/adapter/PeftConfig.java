package io.alluvium.trainer.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.Dora;
import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.adapter.kind.RsLora;
import io.alluvium.trainer.model.check.FieldTable;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** PEFT's adapter_config.json for LoRA and its variants. */
final class PeftConfig {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "adapter_config.json";
  private static final String ANY_MODEL = "";
  private static final String ALL_LINEAR = "all-linear";

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
          names(root.path("target_modules"), base),
          kind(root),
          patterns(root, base));
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

  private static Patterns patterns(JsonNode root, DecoderConfig base) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    root.path("rank_pattern")
        .properties()
        .forEach(e -> ranks.put(e.getKey(), e.getValue().asInt()));
    Map<String, Double> alphas = new LinkedHashMap<>();
    root.path("alpha_pattern")
        .properties()
        .forEach(e -> alphas.put(e.getKey(), e.getValue().asDouble()));
    return new Patterns(
        ranks,
        alphas,
        layers(root.path("layers_to_transform")),
        expression(root.path("target_modules"), base),
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
    Optional<String> fault = FieldTable.fault(NAME, ANY_MODEL, root);
    if (fault.isPresent()) {
      throw new BadAdapterException(file, fault.get());
    }
    if (!root.hasNonNull("peft_type")) {
      throw new BadAdapterException(file, "peft_type is missing, want LORA");
    }
    if (root.path("use_dora").asBoolean(false) && root.path("use_rslora").asBoolean(false)) {
      throw new BadAdapterException(file, "use_dora with use_rslora is not supported");
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

  /** Whether an entry is one of the names or paths, or the end of one. */
  private static boolean named(String target, List<String> names) {
    return names.stream().anyMatch(name -> name.equals(target) || name.endsWith("." + target));
  }

  /** Names of linears; all of them where PEFT's {@code all-linear} stands. */
  private static List<String> names(JsonNode modules, DecoderConfig base) {
    if (modules.asText().equals(ALL_LINEAR)) {
      return base.linears();
    }
    return expression(modules, base) == null ? texts(modules) : List.of();
  }

  /**
   * The expression that chooses the linears, where names do not: as it stands, or made of a list
   * that holds paths. PEFT takes an entry for every linear whose path it is or ends.
   */
  private static @Nullable String expression(JsonNode modules, DecoderConfig base) {
    if (modules.isTextual()) {
      return modules.asText().equals(ALL_LINEAR) ? null : modules.asText();
    }
    List<String> targets = texts(modules);
    if (targets.stream().allMatch(target -> named(target, base.linears()))) {
      return null;
    }
    List<String> paths =
        IntStream.range(0, base.layers())
            .boxed()
            .flatMap(layer -> base.linears().stream().map(linear -> base.path(layer, linear)))
            .toList();
    for (String target : targets) {
      if (!named(target, paths)) {
        throw new IllegalArgumentException(
            "target '" + target + "' is no linear of this base; it has " + base.linears());
      }
    }
    return targets.stream()
        .sorted()
        .map(target -> target.replace(".", "\\."))
        .collect(Collectors.joining("|", "(.*\\.)?(", ")"));
  }
}
