package io.alluvium.stack.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours, whether this program started it or an earlier one did.
 *
 * @param name what people call it; also its folder and its log file
 * @param pid its number
 * @param start when it began, in the operating system's own unit: the same number with another
 *     start is a stranger and is never touched
 */
public record ChildProcess(String name, long pid, long start) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Duration KILL_WITHIN = Duration.ofSeconds(10);

  /**
   * The living process with this number; empty when there is none.
   *
   * @param name what people call it
   * @param pid its number
   */
  public static Optional<ChildProcess> of(String name, long pid) {
    return ProcessTable.start(pid).map(start -> new ChildProcess(name, pid, start));
  }

  /** Whether it still runs (a paused process does). */
  public boolean alive() {
    return ProcessTable.start(pid).filter(found -> found == start).isPresent();
  }

  /** Freezes it where it is, as a machine that hangs would (SIGSTOP). */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused process go on (SIGCONT); nothing happens to one that runs. */
  public void resume() {
    signal("CONT");
  }

  /**
   * Ends it on the spot (SIGKILL) and waits until it is gone.
   *
   * @throws StartException when it does not go
   */
  public void kill() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
    if (!awaitEnd(KILL_WITHIN)) {
      throw new StartException(name + " (process " + pid + ") does not end; kill it by hand");
    }
  }

  /** Asks it to end (SIGTERM) and does not wait. */
  public void askToStop() {
    // A paused process would receive the request only when it goes on.
    resume();
    handle().ifPresent(ProcessHandle::destroy);
  }

  /**
   * Asks it to end (SIGTERM), waits, then ends it.
   *
   * @param within how long it may take to end by itself
   * @return whether it ended by itself
   * @throws StartException when it does not go
   */
  public boolean stop(Duration within) {
    askToStop();
    boolean orderly = awaitEnd(within);
    if (!orderly) {
      kill();
    }
    return orderly;
  }

  private boolean awaitEnd(Duration within) {
    long deadlineNs = System.nanoTime() + within.toNanos();
    while (alive()) {
      if (System.nanoTime() > deadlineNs) {
        return false;
      }
      Pause.of(LOOK_EVERY);
    }
    return true;
  }

  private Optional<ProcessHandle> handle() {
    return alive() ? ProcessHandle.of(pid) : Optional.empty();
  }

  private void signal(String signal) {
    if (!alive()) {
      return;
    }
    try {
      // The shell's own kill: the program of that name is missing on small machines.
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(KILL_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new StartException(
          "cannot send SIG" + signal + " to " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw Pause.interrupted(e);
    }
  }
}
