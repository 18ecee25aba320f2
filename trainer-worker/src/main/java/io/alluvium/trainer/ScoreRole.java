package io.alluvium.trainer;

import io.alluvium.trainer.publish.Fate;
import io.alluvium.trainer.watch.MetricsServer;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Role score: accepted examples get their losses and embedding. */
final class ScoreRole {
  private ScoreRole() {}

  /** Works until it is stopped. */
  static void run(TrainerConfig config, BooleanSupplier stopped) throws IOException {
    try (TrainerMetrics metrics = Roles.metrics("score");
        MetricsServer server = MetricsServer.start(config.metrics().scorePort(), metrics)) {
      Future<Wiring> connecting = Wiring.connecting(config, "score", metrics);
      try (ScoreModel model = new ScoreModel(config, Clock.systemUTC())) {
        metrics.unreadableAdapters(0);
        Wiring wiring = TensorThread.result(connecting);
        new Renewals(config.renewals(), System::nanoTime)
            .run(() -> session(wiring, model, server, stopped));
      }
    }
  }

  private static Optional<Fate> session(
      Wiring wiring, ScoreModel model, MetricsServer server, BooleanSupplier stopped) {
    try (ScoreSession session = new ScoreSession(wiring, model, stopped)) {
      Roles.ready("score", server);
      return session.run();
    }
  }
}
