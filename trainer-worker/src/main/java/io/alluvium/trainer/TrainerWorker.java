package io.alluvium.trainer;

import io.alluvium.schemas.setup.RegistryUnavailableException;
import io.alluvium.schemas.setup.SubjectRefusedException;
import io.alluvium.schemas.setup.TopicMismatchException;
import io.alluvium.trainer.gate.measure.BadSuiteException;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.program.device.NoCudaException;
import io.alluvium.trainer.publish.lineage.ChainBrokenException;
import io.alluvium.trainer.publish.settle.HungTransactionException;
import io.alluvium.trainer.publish.store.BrokenArtifactException;
import io.alluvium.trainer.publish.store.StoreException;
import io.alluvium.trainer.publish.store.StoreUnavailableException;
import io.alluvium.trainer.score.ScoreRole;
import io.alluvium.trainer.train.TrainRole;
import io.alluvium.trainer.watch.PortInUseException;
import io.alluvium.trainer.worker.DependencyUnreachableException;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.UnfitEngineException;
import io.alluvium.trainer.worker.config.ConfigFile;
import io.alluvium.trainer.worker.config.ConfigurationException;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a role: {@code TrainerWorker score|train --config FILE.yaml}.
 *
 * <p>Exit codes: 0 stopped in order, 1 unexpected failure, 2 usage or configuration, 3 a dependency
 * does not answer. Failures that a user can act on are one line on standard error.
 */
public final class TrainerWorker {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerWorker.class);
  private static final String USAGE = "usage: trainer-worker score|train --config FILE.yaml";
  private static final int STOP_SECONDS = 20;

  /** What a user did. */
  private static final List<Class<? extends Exception>> CONFIGURATION =
      List.of(
          ConfigurationException.class,
          BadModelFolderException.class,
          NoCudaException.class,
          BadSuiteException.class,
          StoreException.class,
          PortInUseException.class,
          SubjectRefusedException.class,
          TopicMismatchException.class,
          ConfigException.class);

  /** What something else did; a timeout that nobody handled is a broker that went away. */
  private static final List<Class<? extends Exception>> UNREACHABLE =
      List.of(
          RegistryUnavailableException.class,
          DependencyUnreachableException.class,
          HungTransactionException.class,
          StoreUnavailableException.class,
          TimeoutException.class);

  /** What only a person can decide. */
  private static final List<Class<? extends Exception>> EXPLAINED =
      List.of(
          ChainBrokenException.class, BrokenArtifactException.class, UnfitEngineException.class);

  private TrainerWorker() {}

  /** Runs until SIGTERM. */
  public static void main(String[] arguments) {
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, ended), "stop"));
    int code = run(arguments, stopped);
    ended.countDown();
    if (!stopped.get()) {
      // Halting skips native destructors that would race with a tensor thread still at work.
      Runtime.getRuntime().halt(code);
    }
  }

  private static int run(String[] arguments, AtomicBoolean stopped) {
    try {
      if (arguments.length != 3 || !arguments[1].equals("--config")) {
        throw new ConfigurationException(USAGE);
      }
      role(arguments[0], ConfigFile.read(Path.of(arguments[2])), stopped);
      return 0;
    } catch (RuntimeException | IOException | Error failure) {
      // Not to go on: to say what it was before the process ends, other threads or not.
      return told(failure);
    }
  }

  private static void role(String name, TrainerConfig config, AtomicBoolean stopped)
      throws IOException {
    switch (name) {
      case "score" -> ScoreRole.run(config, stopped::get);
      case "train" -> TrainRole.run(config, stopped::get);
      default -> throw new ConfigurationException(USAGE + "; there is no role " + name);
    }
  }

  private static int told(Throwable failure) {
    Throwable cause = decisive(failure);
    if (isOneOf(CONFIGURATION, cause)) {
      return oneLine(cause, 2);
    }
    if (isOneOf(UNREACHABLE, cause)) {
      return oneLine(cause, 3);
    }
    if (isOneOf(EXPLAINED, cause)) {
      return oneLine(cause, 1);
    }
    LOG.error("unexpected failure", cause);
    return 1;
  }

  /** What the tensor thread threw is wrapped, and so is a client's complaint about its settings. */
  private static Throwable decisive(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof TensorThread.WorkFailedException
            || failure.getClass() == KafkaException.class;
    return wrapper && cause != null ? cause : failure;
  }

  private static boolean isOneOf(List<Class<? extends Exception>> kinds, Throwable cause) {
    return kinds.stream().anyMatch(kind -> kind.isInstance(cause));
  }

  private static int oneLine(Throwable cause, int code) {
    System.err.println(Objects.toString(cause.getMessage()).replace('\n', ' '));
    return code;
  }

  private static void stop(AtomicBoolean stopped, CountDownLatch ended) {
    stopped.set(true);
    try {
      boolean orderly = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(orderly ? 0 : 1);
    } catch (InterruptedException interrupted) {
      Runtime.getRuntime().halt(1);
    }
  }
}
