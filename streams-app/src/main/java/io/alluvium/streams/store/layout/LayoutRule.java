package io.alluvium.streams.store.layout;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether this build can go on with state that another one left. Pure. */
final class LayoutRule {
  private final Map<String, Layout> ours;

  LayoutRule(Collection<Layout> ours) {
    this.ours = ours.stream().collect(Collectors.toMap(Layout::store, Function.identity()));
  }

  /** Why it cannot, of the first store by name; empty when it can. */
  Optional<String> refusal(Map<String, Layout> found) {
    return new TreeMap<>(found).values().stream().flatMap(each -> why(each).stream()).findFirst();
  }

  private Optional<String> why(Layout found) {
    Layout mine = ours.get(found.store());
    if (mine == null) {
      return Optional.of("store %s is unknown to this build".formatted(found.store()));
    }
    if (found.version() > mine.version() || found.version() < mine.oldest()) {
      return Optional.of(
          "store %s has layout %d, this build reads %s"
              .formatted(found.store(), found.version(), readable(mine)));
    }
    return found.version() == mine.version() && !found.needs().equals(mine.needs())
        ? Optional.of(
            "store %s was made with %s, this build has %s"
                .formatted(
                    found.store(), new TreeMap<>(found.needs()), new TreeMap<>(mine.needs())))
        : Optional.empty();
  }

  private static String readable(Layout mine) {
    return mine.oldest() == mine.version()
        ? Integer.toString(mine.version())
        : "%d to %d".formatted(mine.oldest(), mine.version());
  }
}
