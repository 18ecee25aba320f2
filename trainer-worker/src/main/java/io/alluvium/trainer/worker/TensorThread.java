package io.alluvium.trainer.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The one thread that touches the model. Work queues up behind work. */
public final class TensorThread {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "tensor"));

  /** Has the thread do work, after what was submitted before. */
  public <T> Future<T> submit(Callable<T> work) {
    return executor.submit(work);
  }

  /** Runs work whose end nobody waits for. */
  public void execute(Runnable work) {
    executor.execute(work);
  }

  /** Runs work and waits for it. */
  public <T> T call(Callable<T> work) {
    return result(submit(work));
  }

  /** The same without a result. */
  public void run(Runnable work) {
    result(executor.submit(work));
  }

  /** The result of work; what it threw is thrown here. */
  public static <T> T result(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the model worked", interrupted);
    } catch (ExecutionException failed) {
      throw unchecked(Objects.requireNonNull(failed.getCause()));
    }
  }

  /** Whether all work ended in time, so that what the thread owns may be closed. */
  public boolean stop() {
    executor.shutdown();
    try {
      return executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new WorkFailedException(cause);
  }

  /** A checked failure of the work, passed on whole. */
  public static final class WorkFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WorkFailedException(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }
}
