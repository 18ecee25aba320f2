package io.alluvium.stack.supervise;

/** What becomes of the processes when the program that started them ends. */
public enum Lifetime {
  /** They go on until someone stops them. */
  DETACHED,
  /** They are stopped with it. */
  TIED,
  /**
   * Those that this program started are stopped with it until the stack is told to keep them, and
   * go on from then: a start that is broken off leaves nothing behind.
   */
  KEPT
}
