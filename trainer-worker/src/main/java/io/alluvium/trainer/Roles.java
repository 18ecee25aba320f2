package io.alluvium.trainer;

import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.watch.MetricsServer;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both roles begin with. */
final class Roles {
  private static final Logger LOG = LoggerFactory.getLogger(Roles.class);
  private static final List<String> FATES = List.of("published", "superseded", "fenced", "unknown");

  private Roles() {}

  /** A role's numbers, all that count from zero at zero. */
  static TrainerMetrics metrics(String role) {
    TrainerMetrics metrics = new TrainerMetrics(role, Clock.systemUTC());
    metrics.foresee(
        Arrays.stream(Reason.values()).map(Enum::name).toList(),
        FATES,
        role.equals("train") ? List.of("released", "continued", "rejected") : List.of());
    return metrics;
  }

  /** Says that a role works now, and how long that took from the beginning of its process. */
  static void ready(String role, MetricsServer server) {
    server.ready();
    LOG.info(
        "role {} is ready {} ms after its process began, metrics on http://127.0.0.1:{}/metrics",
        role,
        ManagementFactory.getRuntimeMXBean().getUptime(),
        server.port());
  }
}
