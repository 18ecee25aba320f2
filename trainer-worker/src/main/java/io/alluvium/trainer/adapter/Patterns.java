package io.alluvium.trainer.adapter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What differs from linear to linear, with the meaning PEFT gives it. A key of the first two is a
 * regular expression that the end of a path must match, from its beginning or after a dot; the
 * first key that matches counts.
 *
 * @param ranks rank of the linears that match a key (PEFT's {@code rank_pattern})
 * @param alphas alpha of the linears that match a key ({@code alpha_pattern})
 * @param layers blocks that are adapted; null for all ({@code layers_to_transform})
 * @param modules regular expression that alone chooses the adapted linears, by their whole path;
 *     null where their names do ({@code target_modules} as one text)
 * @param exclude names or paths of linears that are not adapted ({@code exclude_modules})
 */
public record Patterns(
    Map<String, Integer> ranks,
    Map<String, Double> alphas,
    @Nullable List<Integer> layers,
    @Nullable String modules,
    List<String> exclude) {
  /** The same everywhere. */
  public static final Patterns NONE = new Patterns(Map.of(), Map.of(), null, null, List.of());

  /** Checks every value; the message names it as PEFT does. */
  public Patterns {
    ranks = Collections.unmodifiableMap(new LinkedHashMap<>(ranks));
    alphas = Collections.unmodifiableMap(new LinkedHashMap<>(alphas));
    exclude = List.copyOf(exclude);
    layers = layers == null ? null : layers.stream().distinct().sorted().toList();
    ranks.forEach(
        (key, rank) -> require(rank >= 1, "rank_pattern of '" + key + "' is " + rank, "1 or more"));
    alphas.forEach(
        (key, alpha) ->
            require(
                alpha > 0 && Double.isFinite(alpha),
                "alpha_pattern of '" + key + "' is " + alpha,
                "a positive number"));
    ranks.keySet().forEach(key -> compile("rank_pattern", key));
    alphas.keySet().forEach(key -> compile("alpha_pattern", key));
    if (modules != null) {
      compile("modules", modules);
      require(layers == null, "layers stand beside the expression " + modules, "one of both");
    }
    if (layers != null) {
      require(!layers.isEmpty() && layers.get(0) >= 0, "layers are " + layers, "block numbers");
    }
  }

  /** Whether a linear is adapted, given whether its name is among the targets. */
  boolean adapts(String path, int layer, boolean named) {
    if (exclude.stream().anyMatch(name -> path.equals(name) || path.endsWith("." + name))) {
      return false;
    }
    if (modules != null) {
      return Pattern.matches(modules, path);
    }
    return named && (layers == null || layers.contains(layer));
  }

  int rank(String path, int otherwise) {
    return first(ranks, path, otherwise);
  }

  double alpha(String path, double otherwise) {
    return first(alphas, path, otherwise);
  }

  /** The same patterns for adapters of so many times the rank and alpha. */
  public Patterns times(int factor) {
    Map<String, Integer> widened = new LinkedHashMap<>(ranks);
    widened.replaceAll((key, rank) -> factor * rank);
    Map<String, Double> raised = new LinkedHashMap<>(alphas);
    raised.replaceAll((key, alpha) -> factor * alpha);
    return new Patterns(widened, raised, layers, modules, exclude);
  }

  /** Whether a key of {@link #ranks} or {@link #alphas} means a linear. */
  static boolean matches(String key, String path) {
    return compile("pattern", key).matcher(path).lookingAt();
  }

  private static <T> T first(Map<String, T> patterns, String path, T otherwise) {
    for (Map.Entry<String, T> pattern : patterns.entrySet()) {
      if (matches(pattern.getKey(), path)) {
        return pattern.getValue();
      }
    }
    return otherwise;
  }

  private static Pattern compile(String field, String expression) {
    try {
      return Pattern.compile("(.*\\.)?(" + expression + ")$");
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          field + " '" + expression + "' is no regular expression: " + wrong.getDescription(),
          wrong);
    }
  }

  private static void require(boolean holds, String what, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(what + ", want " + rule);
    }
  }
}
