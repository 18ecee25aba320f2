package io.alluvium.trainer.model.chat.jinja.python.call;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call gives.
 *
 * @param positional in order
 * @param keywords by name, in order
 */
public record Arguments(List<Object> positional, Map<String, Object> keywords) {
  /** No arguments. */
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Arguments by position alone. */
  public static Arguments of(Object... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  /** The same without the first of them. */
  public Arguments tail(int from) {
    return new Arguments(positional.subList(from, positional.size()), keywords);
  }

  /** The same with one keyword more. */
  public Arguments with(String keyword, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(keywords);
    more.put(keyword, value);
    return new Arguments(positional, more);
  }

  /**
   * Gives each argument its parameter.
   *
   * @param function its name, for errors
   * @param parameters names in order; one that ends in {@code ?} may be left out, one that begins
   *     with {@code /} takes no keyword
   */
  public Bound bind(String function, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new PythonError(
          "%s takes at most %d argument(s), %d given"
              .formatted(function, parameters.length, positional.size()));
    }
    Map<String, Object> left = new LinkedHashMap<>(keywords);
    List<Object> values = new ArrayList<>();
    for (int n = 0; n < parameters.length; n++) {
      values.add(value(function, parameters[n], n, left));
    }
    if (!left.isEmpty()) {
      throw new PythonError(
          "%s takes no keyword argument '%s'".formatted(function, left.keySet().iterator().next()));
    }
    return new Bound(function, values);
  }

  private Object value(String function, String parameter, int n, Map<String, Object> left) {
    String name = parameter.replaceAll("[/?]", "");
    boolean named = !parameter.startsWith("/") && left.containsKey(name);
    if (n < positional.size()) {
      if (named) {
        throw new PythonError("%s got multiple values for argument '%s'".formatted(function, name));
      }
      return positional.get(n);
    }
    if (named) {
      return left.remove(name);
    }
    if (!parameter.endsWith("?")) {
      throw new PythonError("%s misses its argument '%s'".formatted(function, name));
    }
    return Absent.ABSENT;
  }
}
