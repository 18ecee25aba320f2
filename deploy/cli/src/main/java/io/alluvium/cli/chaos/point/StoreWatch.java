package io.alluvium.cli.chaos.point;

import io.alluvium.stack.process.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * New artifacts, {@code STORE/ADAPTER/SHA256}, as soon as they have their final name.
 *
 * @param store the folder
 */
public record StoreWatch(Path store) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);

  /** Waits for the next one. */
  public Optional<Path> next(Duration within) {
    long endNs = System.nanoTime() + within.toNanos();
    Set<Path> before = folders();
    while (System.nanoTime() < endNs) {
      for (Path folder : folders()) {
        if (!before.contains(folder)) {
          return Optional.of(folder);
        }
      }
      Pause.of(LOOK_EVERY);
    }
    return Optional.empty();
  }

  private Set<Path> folders() {
    Set<Path> found = new HashSet<>();
    for (Path adapter : list(store)) {
      if (!adapter.getFileName().toString().startsWith(".")) {
        found.addAll(list(adapter));
      }
    }
    return found;
  }

  private static Set<Path> list(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      return new HashSet<>(content.toList());
    } catch (IOException none) {
      return Set.of();
    }
  }
}
