package io.alluvium.trainer.bench.size;

import io.alluvium.trainer.bench.work.ProcessMemory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at this process's memory again and again: Linux keeps no peak of its parts. */
final class MemoryWatch implements AutoCloseable {
  private static final long EVERY_MS = 20;

  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "memory");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong anonymous = new AtomicLong();
  private final AtomicLong files = new AtomicLong();

  MemoryWatch() {
    var unused = looking.scheduleAtFixedRate(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** The highest anonymous memory since the last {@link #restart}, bytes. */
  long anonymousBytes() {
    return anonymous.get();
  }

  /** The highest memory that is pages of files, bytes. */
  long fileBytes() {
    return files.get();
  }

  void restart() {
    anonymous.set(0);
    files.set(0);
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }

  private void look() {
    anonymous.accumulateAndGet(ProcessMemory.ANONYMOUS.bytes(), Math::max);
    files.accumulateAndGet(ProcessMemory.FILES.bytes(), Math::max);
  }
}
