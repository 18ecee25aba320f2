package io.alluvium.streams.watch;

import java.time.Duration;

/**
 * What is shown and where.
 *
 * @param port on 127.0.0.1 for /metrics and /health; 0 takes a free one
 * @param maxAdapters adapters with a series of their own
 * @param lagInterval pause between two looks at what waits
 */
public record MetricsConfig(int port, int maxAdapters, Duration lagInterval) {
  private static final int MAX_PORT = 65_535;

  /** Checks every number. */
  public MetricsConfig {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "metrics.port is %d, must be 0 to %d".formatted(port, MAX_PORT));
    }
    if (maxAdapters < 0) {
      throw new IllegalArgumentException(
          "metrics.maxAdapters is " + maxAdapters + ", must not be negative");
    }
    if (lagInterval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "metrics.lagInterval is " + lagInterval + ", must be at least 1 ms");
    }
  }
}
