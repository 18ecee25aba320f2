package io.alluvium.streams.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of a kind all tasks of a process may keep in memory, in even shares. Any thread.
 *
 * <p>Shares shrink when tasks come and grow when they go; a task that holds more than its share
 * lets go of what it used least recently when it next takes something in.
 */
public final class SharedLimit {
  private final int most;
  private final AtomicInteger holders = new AtomicInteger();

  /**
   * Nobody holds anything yet.
   *
   * @param most of all holders together
   */
  public SharedLimit(int most) {
    this.most = most;
  }

  /** One more holder. */
  public void join() {
    holders.incrementAndGet();
  }

  /** One less. */
  public void leave() {
    holders.decrementAndGet();
  }

  /** What each may hold, at least 1. */
  public int share() {
    return Math.max(1, most / Math.max(1, holders.get()));
  }
}
