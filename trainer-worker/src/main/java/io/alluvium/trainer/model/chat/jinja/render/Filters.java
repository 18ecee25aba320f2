package io.alluvium.trainer.model.chat.jinja.render;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Jinja's filters, by name. */
final class Filters {
  private static final Map<String, Filter> FILTERS = all();

  private Filters() {}

  /** One filter. */
  @FunctionalInterface
  interface Filter {
    Object apply(Object value, Arguments arguments);
  }

  private static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.putAll(TextFilters.FILTERS);
    all.putAll(SequenceFilters.FILTERS);
    all.putAll(ChoiceFilters.FILTERS);
    all.putAll(ValueFilters.FILTERS);
    for (String name : Set.of("random", "pprint", "urlize", "filesizeformat", "xmlattr")) {
      all.put(name, (value, arguments) -> unsupported(name));
    }
    return Map.copyOf(all);
  }

  private static Object unsupported(String name) {
    throw new PythonError("filter '" + name + "' is not supported in a chat template");
  }

  static Set<String> names() {
    return FILTERS.keySet();
  }

  /** Puts a value through a filter. */
  static Object apply(String name, Object value, Arguments arguments) {
    return Optional.ofNullable(FILTERS.get(name))
        .orElseThrow(() -> new PythonError("No filter named '" + name + "' found."))
        .apply(value, arguments);
  }
}
