package io.alluvium.streams.bench.speed.measure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits until a running topology has acknowledged so many records, says how far it is, and gives up
 * when it stops or nothing moves.
 *
 * @param what is run
 * @param progress who is told
 * @param stopped completed with a failure when the topology ends by itself
 */
public record ProgressWatch(String what, Progress progress, CompletableFuture<Void> stopped) {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration MOST_STANDSTILL = Duration.ofSeconds(90);

  /**
   * Waits.
   *
   * @param records that must be acknowledged
   * @param all of the run, for the share that is shown
   * @throws IllegalStateException when the topology stopped or stands still
   */
  public void reach(long records, long all) {
    CompletableFuture<Object> either =
        CompletableFuture.anyOf(AcknowledgedRecords.reaching(records), stopped);
    long seen = AcknowledgedRecords.count();
    long movedNs = System.nanoTime();
    while (!isDone(either)) {
      long now = AcknowledgedRecords.count();
      movedNs = now > seen ? System.nanoTime() : movedNs;
      seen = now;
      progress.say("%s: %d of %d", what, now, all);
      if (System.nanoTime() - movedNs > MOST_STANDSTILL.toNanos()) {
        throw new IllegalStateException(
            "%s stands still at %d of %d records for %s"
                .formatted(what, now, all, MOST_STANDSTILL));
      }
    }
  }

  private static boolean isDone(CompletableFuture<Object> either) {
    try {
      either.get(LOOK.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", stop);
    }
  }
}
