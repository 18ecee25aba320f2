package io.alluvium.cli.demo.flow;

import io.alluvium.cli.terminal.CommandException;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A feeder at work, seen from the watching thread.
 *
 * @param feeder who sends
 * @param beats its work; ends early only by a failure
 */
public record Feeding(Feeder feeder, Future<?> beats) implements AutoCloseable {
  /**
   * Passes on what stopped the feeder, if anything did.
   *
   * @throws CommandException when the broker or the registry failed it
   */
  public void check() {
    try {
      beats.get(0, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | CancellationException atWorkOrDone) {
      return;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof CommandException expected
          ? expected
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }

  /** Whether everything was sent and acknowledged. */
  public boolean finished() {
    return feeder.finished();
  }

  /** Records acknowledged so far. */
  public long sent() {
    return feeder.sent();
  }

  /** When the first record was sent. */
  public Instant since() {
    return feeder.since();
  }

  @Override
  public void close() {
    feeder.close();
  }
}
