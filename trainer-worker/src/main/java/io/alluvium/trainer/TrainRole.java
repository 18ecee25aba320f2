package io.alluvium.trainer;

import io.alluvium.trainer.publish.Fate;
import io.alluvium.trainer.watch.MetricsServer;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Role train: windows of weighted examples become adapter versions. */
final class TrainRole {
  private static final Logger LOG = LoggerFactory.getLogger(TrainRole.class);

  private TrainRole() {}

  /** Works until it is stopped. */
  static void run(TrainerConfig config, BooleanSupplier stopped) throws IOException {
    try (TrainerMetrics metrics = Roles.metrics("train");
        MetricsServer server = MetricsServer.start(config.metrics().trainPort(), metrics);
        TrainModel model = new TrainModel(config)) {
      Wiring wiring = Wiring.connect(config, "train", metrics);
      Remembered remembered = Remembered.open(wiring);
      try {
        TrainSession.Rounds rounds = new TrainSession.Rounds(model, remembered);
        new Renewals(config.renewals(), System::nanoTime)
            .run(() -> session(wiring, rounds, server, stopped));
      } finally {
        model.closeAfterRounds(remembered.recall());
      }
    }
  }

  private static Optional<Fate> session(
      Wiring wiring, TrainSession.Rounds rounds, MetricsServer server, BooleanSupplier stopped) {
    try (TrainSession session = new TrainSession(wiring, rounds, stopped)) {
      server.ready();
      LOG.info("role train is ready, metrics on http://127.0.0.1:{}/metrics", server.port());
      return session.run();
    }
  }
}
