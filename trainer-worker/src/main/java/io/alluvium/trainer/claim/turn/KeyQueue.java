package io.alluvium.trainer.claim.turn;

import io.alluvium.trainer.claim.queue.AdapterQueue;
import io.alluvium.trainer.claim.queue.Arrival;
import io.alluvium.trainer.claim.queue.Arrival.Side;
import java.util.ArrayDeque;

/** What waits of one key in one partition, and what of it was chosen and is not done yet. */
final class KeyQueue {
  private final String name;
  private final AdapterQueue waiting = new AdapterQueue();
  private final ArrayDeque<Long> chosen = new ArrayDeque<>();

  KeyQueue(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(long offset, int bytes, long appendedMs) {
    waiting.add(new Arrival(name, offset, bytes, appendedMs, Side.TRAINING));
  }

  /** Records that are not done. */
  long size() {
    return (long) waiting.size() + chosen.size();
  }

  /** Offset of the first one that is not done. */
  long first() {
    Long first = chosen.peekFirst();
    return first == null ? waiting.firstOffset() : first;
  }

  boolean choosable() {
    return waiting.size() > 0;
  }

  long nextOffset() {
    return waiting.firstOffset();
  }

  long nextAppendedMs() {
    return waiting.firstAppendedMs();
  }

  /** Chooses the next one and returns its bytes. */
  long choose() {
    long bytes = waiting.firstTokens();
    chosen.addLast(waiting.takeFirst());
    return bytes;
  }

  /** The log no longer has it, whatever was chosen before it. */
  void forget(long offset) {
    chosen.remove(offset);
  }

  void done(long offset) {
    Long first = chosen.pollFirst();
    if (first == null || first != offset) {
      throw new IllegalStateException("%d is done, expected %s".formatted(offset, first));
    }
  }
}
