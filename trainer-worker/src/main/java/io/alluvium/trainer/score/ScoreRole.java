package io.alluvium.trainer.score;

import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.watch.MetricsServer;
import io.alluvium.trainer.watch.TrainerMetrics;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.RestartPolicy;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Role score: accepted examples get their losses and embedding. */
public final class ScoreRole {
  private ScoreRole() {}

  /** Works until it is stopped. */
  public static void run(TrainerConfig config, BooleanSupplier stopped) throws IOException {
    try (TrainerMetrics metrics = TrainerMetrics.ofRole("score");
        MetricsServer server = MetricsServer.start(config.metrics().scorePort(), metrics)) {
      Future<WorkerContext> connecting = WorkerContext.connecting(config, "score", metrics);
      try (ScoreModel model = new ScoreModel(config, Clock.systemUTC())) {
        metrics.unreadableAdapters(0);
        WorkerContext context = TensorThread.result(connecting);
        new RestartPolicy(config.renewals(), System::nanoTime)
            .run(() -> session(context, model, server, stopped));
      }
    }
  }

  private static Optional<CommitOutcome> session(
      WorkerContext context, ScoreModel model, MetricsServer server, BooleanSupplier stopped) {
    try (ScoreSession session = new ScoreSession(context, model, stopped)) {
      server.ready();
      return session.run();
    }
  }
}
