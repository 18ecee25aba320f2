package io.alluvium.trainer.finetune.config;

import io.alluvium.trainer.adapter.Patterns;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.BOnly;
import io.alluvium.trainer.adapter.kind.Corda;
import io.alluvium.trainer.adapter.kind.Dora;
import io.alluvium.trainer.adapter.kind.Eva;
import io.alluvium.trainer.adapter.kind.Lora;
import io.alluvium.trainer.adapter.kind.RandLora;
import io.alluvium.trainer.adapter.kind.RsLora;
import io.alluvium.trainer.adapter.kind.Spiel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How adapters are parametrised, and what differs from linear to linear.
 *
 * @param kind name of the kind
 * @param seed of what a kind never trains
 * @param bases pairs of a linear, for randlora
 * @param rho how many times its rank a linear may get where the first window wants it, for eva
 * @param regrowth of entries, for spiel
 * @param rankPattern as PEFT's {@code rank_pattern}
 * @param alphaPattern as PEFT's {@code alpha_pattern}
 * @param layersToTransform as PEFT's {@code layers_to_transform}; empty for all
 * @param modules as PEFT's {@code target_modules} where that is one regular expression; null for
 *     {@code finetune.targetModules}
 * @param excludeModules as PEFT's {@code exclude_modules}
 */
public record AdapterConfig(
    String kind,
    long seed,
    int bases,
    double rho,
    Regrowth regrowth,
    Map<String, Integer> rankPattern,
    Map<String, Double> alphaPattern,
    List<Integer> layersToTransform,
    @Nullable String modules,
    List<String> excludeModules) {
  /** By name, in the order in which a refusal lists them. */
  private static final Map<String, Function<AdapterConfig, AdapterKind>> KINDS =
      new LinkedHashMap<>();

  static {
    KINDS.put("lora", config -> new Lora());
    KINDS.put("rslora", config -> new RsLora());
    KINDS.put("b-only", config -> new BOnly(config.seed()));
    KINDS.put("dora", config -> new Dora());
    KINDS.put("corda", config -> new Corda());
    KINDS.put("eva", config -> new Eva(config.rho()));
    KINDS.put("randlora", config -> new RandLora(config.bases(), config.seed()));
    KINDS.put("spiel", config -> new Spiel());
  }

  /** Checks the values; the message names them. */
  public AdapterConfig {
    Check.that(KINDS.containsKey(kind), "finetune.adapter.kind", kind, "one of " + KINDS.keySet());
    Check.that(bases >= 1, "finetune.adapter.bases", bases, "1 or more");
    Check.that(rho >= 1 && Double.isFinite(rho), "finetune.adapter.rho", rho, "1 or more");
    rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
    alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
    layersToTransform = List.copyOf(layersToTransform);
    excludeModules = List.copyOf(excludeModules);
  }

  /** Plain LoRA, the same everywhere. */
  public static AdapterConfig defaults() {
    return new AdapterConfig(
        "lora", 1, 4, 1, Regrowth.defaults(), Map.of(), Map.of(), List.of(), null, List.of());
  }

  AdapterKind parametrisation() {
    return Objects.requireNonNull(KINDS.get(kind)).apply(this);
  }

  Patterns patterns() {
    return new Patterns(
        rankPattern,
        alphaPattern,
        layersToTransform.isEmpty() ? null : layersToTransform,
        modules,
        excludeModules);
  }
}
