package io.alluvium.trainer.train.suite;

import io.alluvium.schemas.suite.ItemGrams;
import io.alluvium.schemas.suite.SuiteGrams;
import io.alluvium.trainer.gate.measure.SuiteTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to stand on the suites topic.
 *
 * @param base whose suites they are, by name
 * @param suites items by their names, by suite; a suite is named BASE/SKILL
 * @param unknowable how many questions are too short, or too much alike, to be recognised
 */
record GuardedSuites(String base, Map<String, Map<String, ItemGrams>> suites, int unknowable) {
  static GuardedSuites of(String base, List<SuiteTexts> texts) {
    Map<String, Map<String, ItemGrams>> suites = new LinkedHashMap<>();
    int unknowable = 0;
    for (SuiteTexts suite : texts) {
      List<ItemGrams> items = new ArrayList<>();
      SuiteGrams.of(suite.texts()).stream().flatMap(Optional::stream).forEach(items::add);
      unknowable += suite.texts().size() - items.size();
      Map<String, ItemGrams> named = new LinkedHashMap<>();
      items.forEach(item -> named.put(item.digest(), item));
      suites.put(base + "/" + suite.skill(), named);
    }
    return new GuardedSuites(base, suites, unknowable);
  }

  /** How many items they have. */
  int size() {
    return suites.values().stream().mapToInt(Map::size).sum();
  }

  /** Whether an item is one of a suite. */
  boolean holds(String suite, String item) {
    return suites.getOrDefault(suite, Map.of()).containsKey(item);
  }

  /** Whether the suite is one of these, and has such an item no longer. */
  boolean drops(String suite, String item) {
    return suites.containsKey(suite) && !holds(suite, item);
  }
}
