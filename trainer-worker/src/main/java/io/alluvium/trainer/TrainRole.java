package io.alluvium.trainer;

import io.alluvium.trainer.publish.Fate;
import io.alluvium.trainer.watch.MetricsServer;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Role train: windows of weighted examples become adapter versions. */
final class TrainRole {
  private TrainRole() {}

  /** Works until it is stopped. */
  static void run(TrainerConfig config, BooleanSupplier stopped) throws IOException {
    try (TrainerMetrics metrics = Roles.metrics("train");
        MetricsServer server = MetricsServer.start(config.metrics().trainPort(), metrics)) {
      Future<Wiring> connecting = Wiring.connecting(config, "train", metrics);
      try (TrainModel model = new TrainModel(config, progress(config, metrics, server))) {
        Wiring wiring = TensorThread.result(connecting);
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
  }

  private static IntConsumer progress(
      TrainerConfig config, TrainerMetrics metrics, MetricsServer server) {
    int wanted = config.finetune().anchors().generate();
    return made -> {
      metrics.anchors(made);
      server.starting("%d of %d anchors generated".formatted(made, wanted));
    };
  }

  private static Optional<Fate> session(
      Wiring wiring, TrainSession.Rounds rounds, MetricsServer server, BooleanSupplier stopped) {
    try (TrainSession session = new TrainSession(wiring, rounds, stopped)) {
      Roles.ready("train", server);
      return session.run();
    }
  }
}
