package io.alluvium.cli.local.plan;

import io.alluvium.stack.LocalStack;

/**
 * Where the programs show metrics and health, on the loopback address.
 *
 * @param streamsApp of streams-app
 * @param score of the scoring worker
 * @param train of the training worker
 */
public record MetricsPorts(int streamsApp, int score, int train) {
  /** What the alert rules and the dashboard expect. */
  public static final MetricsPorts CUSTOMARY = new MetricsPorts(9464, 9465, 9466);

  /** Ports that nobody listens on now. */
  public static MetricsPorts free() {
    return new MetricsPorts(LocalStack.freePort(), LocalStack.freePort(), LocalStack.freePort());
  }
}
