package io.alluvium.stack.state;

import io.alluvium.stack.process.Pause;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StackException;
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

/** One program at a time starts and stops processes in a data directory. */
public final class DirectoryLock implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /**
   * Closing one channel frees the file for the whole program, so it may open only one at a time.
   */
  private static final Map<Path, Semaphore> IN_THIS_PROGRAM = new ConcurrentHashMap<>();

  private final FileChannel channel;
  private final Semaphore permit;

  private DirectoryLock(FileChannel channel, Semaphore permit) {
    this.channel = channel;
    this.permit = permit;
  }

  /**
   * Waits for the directory; the operating system frees it when its holder dies.
   *
   * @param data the data directory; made when missing
   * @param within how long to wait for another program
   * @throws SetupException when the directory cannot be written to, or another program keeps it
   */
  public static DirectoryLock take(Path data, Duration within) {
    long deadlineNs = System.nanoTime() + within.toNanos();
    Semaphore permit = IN_THIS_PROGRAM.computeIfAbsent(data, path -> new Semaphore(1));
    waitFor(permit::tryAcquire, data, deadlineNs);
    try {
      FileChannel channel = open(data);
      try {
        waitFor(() -> locked(channel), data, deadlineNs);
        return new DirectoryLock(channel, permit);
      } catch (StackException e) {
        close(channel);
        throw e;
      }
    } catch (StackException e) {
      permit.release();
      throw e;
    }
  }

  private static void waitFor(BooleanSupplier taken, Path data, long deadlineNs) {
    while (!taken.getAsBoolean()) {
      if (System.nanoTime() > deadlineNs) {
        throw new SetupException(
            "data directory "
                + data
                + " is being started or stopped by another program; try again");
      }
      Pause.of(LOOK_EVERY);
    }
  }

  private static FileChannel open(Path data) {
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

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SetupException("cannot unlock the data directory: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    close(channel);
    permit.release();
  }
}
