package io.alluvium.stack.supervise;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Something to be done when this program ends, unless it is called off before. */
public final class ExitHook {
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  /**
   * Will do this at the end.
   *
   * @param work what to do; runs beside the program's other threads
   */
  public void set(Runnable work) {
    Thread atExit = new Thread(work, "local-stack-stop");
    Runtime.getRuntime().addShutdownHook(atExit);
    thread.set(atExit);
  }

  /**
   * Calls it off.
   *
   * @return false when it is being done already
   */
  public boolean callOff() {
    Thread atExit = thread.getAndSet(null);
    try {
      return atExit == null || Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyEnding) {
      return false;
    }
  }
}
