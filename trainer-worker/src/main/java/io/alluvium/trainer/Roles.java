package io.alluvium.trainer;

import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** What both roles begin with. */
final class Roles {
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
}
