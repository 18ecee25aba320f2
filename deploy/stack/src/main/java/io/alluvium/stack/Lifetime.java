package io.alluvium.stack;

/** What becomes of the processes when the program that started them ends. */
public enum Lifetime {
  /** They go on until someone stops them. */
  DETACHED,
  /** They are stopped with it. */
  TIED
}
