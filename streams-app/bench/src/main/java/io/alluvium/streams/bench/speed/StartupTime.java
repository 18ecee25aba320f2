package io.alluvium.streams.bench.speed;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/**
 * When an application began to run.
 *
 * @param beganNs when it was told to
 * @param runningNs when it did
 */
record StartupTime(long beganNs, CompletableFuture<Long> runningNs) {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final double NANOS = 1e9;

  /** Of one that is about to be started. */
  static StartupTime of(KafkaStreams streams) {
    CompletableFuture<Long> running = new CompletableFuture<>();
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            running.complete(System.nanoTime());
          }
        });
    return new StartupTime(
        System.nanoTime(), running.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS));
  }

  /**
   * Waits until every partition is assigned and restored.
   *
   * @param stopped completed with a failure when the application ends by itself
   * @return how long that took, seconds
   * @throws CompletionException when it ended, or took more than ten minutes
   */
  double await(CompletableFuture<Void> stopped) {
    CompletableFuture.anyOf(runningNs, stopped).join();
    return (runningNs.join() - beganNs) / NANOS;
  }
}
