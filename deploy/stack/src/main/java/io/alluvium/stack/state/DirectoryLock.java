package io.alluvium.stack.state;

import io.alluvium.stack.process.Pause;
import io.alluvium.stack.process.SetupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One program, and one thread of it, at a time starts and stops processes in a data directory. The
 * operating system frees the directory when its holder dies.
 */
public final class DirectoryLock {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /**
   * Closing one channel frees the file for the whole program, so only one may be open at a time.
   */
  private static final Map<Path, Semaphore> IN_THIS_PROGRAM = new ConcurrentHashMap<>();

  private final Path data;
  private final Duration within;

  /**
   * @param data the data directory, absolute; made when missing
   * @param within how long to wait for another program
   */
  public DirectoryLock(Path data, Duration within) {
    this.data = data;
    this.within = within;
  }

  /**
   * Does something while nobody else does.
   *
   * @param work what to do; must not take the same lock
   * @return what it returned
   * @throws SetupException when the directory cannot be written to, or another program keeps it
   */
  public <T> T holding(Supplier<T> work) {
    long deadlineNs = System.nanoTime() + within.toNanos();
    Semaphore permit = IN_THIS_PROGRAM.computeIfAbsent(data, path -> new Semaphore(1));
    await(permit::tryAcquire, deadlineNs);
    try (FileChannel channel = open()) {
      await(() -> locked(channel), deadlineNs);
      return work.get();
    } catch (IOException e) {
      throw new SetupException("cannot unlock " + data + ": " + e.getMessage(), e);
    } finally {
      permit.release();
    }
  }

  private void await(BooleanSupplier taken, long deadlineNs) {
    while (!taken.getAsBoolean()) {
      if (System.nanoTime() > deadlineNs) {
        throw new SetupException(
            "data directory "
                + data
                + " is kept by another program that starts or stops; try again");
      }
      Pause.of(LOOK_EVERY);
    }
  }

  private FileChannel open() {
    try {
      Files.createDirectories(data);
      return FileChannel.open(
          data.resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new SetupException(
          "data directory " + data + " is not writable; make it so or name another", e);
    }
  }

  private static boolean locked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      throw new SetupException("cannot lock the data directory: " + e.getMessage(), e);
    }
  }
}
