package io.alluvium.stack.supervise;

import java.time.Duration;

/** Hears what becomes of the processes, each call on the thread that does the work. */
public interface StackListener {
  /** Hears nothing. */
  StackListener SILENT = new StackListener() {};

  /**
   * A process is being started.
   *
   * @param name which
   */
  default void starting(String name) {}

  /**
   * A process that an earlier program started still runs and is taken over.
   *
   * @param name which
   */
  default void adopted(String name) {}

  /**
   * A process that was started and does not work yet says something new of its start.
   *
   * @param name which
   * @param said its line
   */
  default void progress(String name, String said) {}

  /**
   * A process that was started answers.
   *
   * @param name which
   * @param took since it was started
   */
  default void ready(String name, Duration took) {}

  /**
   * A process is being asked to end.
   *
   * @param name which
   */
  default void stopping(String name) {}

  /**
   * A process is gone.
   *
   * @param name which
   */
  default void stopped(String name) {}
}
