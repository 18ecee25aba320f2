package io.alluvium.streams.run;

import io.alluvium.streams.watch.lag.LagWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Runs Kafka Streams until it is stopped or fails. It never replaces a failed thread: whoever
 * started the process starts it again, from what is committed.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Prepares to run; {@link #run} runs. */
  public Supervisor(Topology topology, StreamsConfig settings) {
    this.streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(
        thrown -> {
          failure.compareAndSet(null, thrown);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now.hasCompletedShutdown()) {
            ended.countDown();
          }
        });
  }

  /** Whether records are being processed. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /**
   * Runs until stopped.
   *
   * @param settings for the clients that look at lag
   * @param lags what is looked at
   * @return what it failed of; empty after an orderly stop
   */
  public Optional<Throwable> run(StreamsConfig settings, LagWatch.Lags lags)
      throws InterruptedException {
    try (LagWatch lagWatch = new LagWatch(settings, lags)) {
      streams.start();
      lagWatch.start();
      ended.await();
    }
    return Optional.ofNullable(failure.get());
  }

  /** Stops in order: commits what is done, closes the stores. */
  @Override
  public void close() {
    streams.close(CLOSE_TIMEOUT);
  }
}
