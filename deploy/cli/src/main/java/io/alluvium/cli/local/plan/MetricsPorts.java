package io.alluvium.cli.local.plan;

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
}
