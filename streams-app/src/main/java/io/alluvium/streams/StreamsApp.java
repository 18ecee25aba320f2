package io.alluvium.streams;

import io.alluvium.streams.config.ConfigException;
import io.alluvium.streams.config.ConfigFile;
import io.alluvium.streams.config.StreamsAppConfig;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: {@code StreamsApp --config FILE.yaml}. Runs until SIGTERM.
 *
 * <p>Exit codes: 0 stopped in order, 1 unexpected failure, 2 usage, configuration or state of
 * another build (one line on stderr), 3 a broker or registry did not answer for too long.
 */
public final class StreamsApp {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);
  private static final String USAGE = "usage: StreamsApp --config FILE.yaml";

  private StreamsApp() {}

  /** Runs the application and ends the process. */
  public static void main(String[] args) {
    AtomicInteger number = new AtomicInteger(ExitCode.OK.number());
    number.set(exitCode(number, args).number());
    System.exit(number.get());
  }

  private static ExitCode exitCode(AtomicInteger number, String... args) {
    try {
      Optional<Throwable> failure = run(ConfigFile.read(configFile(args)), number);
      return failure.map(StreamsApp::reported).orElse(ExitCode.OK);
    } catch (RuntimeException failed) {
      return reported(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private static Optional<Throwable> run(StreamsAppConfig config, AtomicInteger number)
      throws InterruptedException {
    try (Application application = Application.open(config)) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(application, number), "alluvium-stop"));
      return application.run();
    }
  }

  /** After SIGTERM: stops in order, then ends with 0 and not with the signal's number. */
  private static void stop(Application application, AtomicInteger number) {
    application.close();
    Runtime.getRuntime().halt(number.get());
  }

  private static Path configFile(String... args) {
    if (args.length != 2 || !args[0].equals("--config")) {
      throw new ConfigException(USAGE);
    }
    return Path.of(args[1]);
  }

  /** One line for a person; the stack only where it is a fault of ours. */
  private static ExitCode reported(Throwable failure) {
    ExitCode code = ExitCode.of(failure);
    if (code == ExitCode.FAILED) {
      LOG.error("unexpected failure", failure);
    }
    System.err.println("streams-app: " + message(failure));
    return code;
  }

  private static String message(Throwable failure) {
    Throwable telling = ExitCode.telling(failure);
    return Objects.requireNonNullElse(telling.getMessage(), telling.toString());
  }
}
