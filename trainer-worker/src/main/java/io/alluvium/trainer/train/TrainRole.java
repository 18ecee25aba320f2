package io.alluvium.trainer.train;

import io.alluvium.trainer.gate.measure.SuiteTexts;
import io.alluvium.trainer.publish.CommitOutcome;
import io.alluvium.trainer.train.intake.Remembered;
import io.alluvium.trainer.train.round.TrainModel;
import io.alluvium.trainer.train.suite.StreamGuard;
import io.alluvium.trainer.watch.MetricsServer;
import io.alluvium.trainer.watch.TrainerMetrics;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.RestartPolicy;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Role train: windows of weighted examples become adapter versions. */
public final class TrainRole {
  private TrainRole() {}

  /** Works until it is stopped. */
  public static void run(TrainerConfig config, BooleanSupplier stopped) throws IOException {
    try (TrainerMetrics metrics = TrainerMetrics.ofRole("train");
        MetricsServer server = MetricsServer.start(config.metrics().trainPort(), metrics)) {
      Future<WorkerContext> connecting = WorkerContext.connecting(config, "train", metrics);
      try (TrainModel model = new TrainModel(config, progress(config, metrics, server))) {
        WorkerContext context = TensorThread.result(connecting);
        if (config.guardSuites()) {
          StreamGuard.of(context)
              .guard(model.base().getName(), SuiteTexts.load(config.gate().retention()));
        }
        Remembered remembered = Remembered.open(context);
        try {
          TrainSession.Rounds rounds = new TrainSession.Rounds(model, remembered);
          new RestartPolicy(config.renewals(), System::nanoTime)
              .run(() -> session(context, rounds, server, stopped));
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

  private static Optional<CommitOutcome> session(
      WorkerContext context,
      TrainSession.Rounds rounds,
      MetricsServer server,
      BooleanSupplier stopped) {
    try (TrainSession session = new TrainSession(context, rounds, stopped)) {
      server.ready();
      return session.run();
    }
  }
}
