package io.alluvium.trainer;

import io.alluvium.trainer.publish.Fate;
import io.alluvium.trainer.watch.MetricsServer;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Role score: accepted examples get their losses and embedding. */
final class ScoreRole {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreRole.class);

  private ScoreRole() {}

  /** Works until it is stopped. */
  static void run(TrainerConfig config, BooleanSupplier stopped) throws IOException {
    try (TrainerMetrics metrics = Roles.metrics("score");
        MetricsServer server = MetricsServer.start(config.metrics().scorePort(), metrics);
        ScoreModel model = new ScoreModel(config, Clock.systemUTC())) {
      metrics.unreadableAdapters(0);
      Wiring wiring = Wiring.connect(config, "score", metrics);
      new Renewals(config.renewals(), System::nanoTime)
          .run(() -> session(wiring, model, server, stopped));
    }
  }

  private static Optional<Fate> session(
      Wiring wiring, ScoreModel model, MetricsServer server, BooleanSupplier stopped) {
    try (ScoreSession session = new ScoreSession(wiring, model, stopped)) {
      server.ready();
      LOG.info("role score is ready, metrics on http://127.0.0.1:{}/metrics", server.port());
      return session.run();
    }
  }
}
