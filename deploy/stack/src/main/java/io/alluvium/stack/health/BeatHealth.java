package io.alluvium.stack.health;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Healthy when a file was touched a short while ago. */
final class BeatHealth implements HealthCheck {
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Path file;

  BeatHealth(URI address) {
    this.file = Path.of(address);
  }

  @Override
  public boolean healthy() {
    try {
      return Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(FRESH));
    } catch (IOException never) {
      return false;
    }
  }

  @Override
  public void close() {
    // Nothing is held between two looks.
  }
}
