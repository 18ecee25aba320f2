package io.alluvium.stack.process;

import java.time.Duration;

/** Waiting between two looks at something that announces nothing by itself. */
public final class Pause {
  private Pause() {}

  /**
   * Waits.
   *
   * @param duration how long
   * @throws StartException when the thread is asked to stop
   */
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * What to throw when a wait was interrupted; the thread stays marked.
   *
   * @param cause the interruption
   */
  public static StartException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new StartException("interrupted while waiting for the local stack", cause);
  }
}
