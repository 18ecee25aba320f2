package io.alluvium.cli.order;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterState;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Waits for the trainer's answers in adapters' states. Opened before orders are given. */
public final class AnswerWatch implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);

  private final TopicReader<AdapterState> states;

  /** Sees the states from now on. */
  public AnswerWatch(Cluster cluster) {
    this.states = cluster.read(cluster.topics().adapters()).fromNow();
  }

  /**
   * Waits until each adapter has answered, or the time is over.
   *
   * @param offsets where the newest order about each adapter stands
   * @return the first state of each that tells of it; those that did not answer are missing
   */
  public SortedMap<String, AdapterState> await(Map<String, Long> offsets, Duration timeout) {
    SortedMap<String, AdapterState> answered = new TreeMap<>();
    long endNs = System.nanoTime() + timeout.toNanos();
    while (answered.size() < offsets.size() && System.nanoTime() < endNs) {
      states.next(STEP).stream()
          .map(TopicReader.Entry::value)
          .filter(state -> answers(offsets.get(state.getAdapter()), state))
          .forEach(state -> answered.putIfAbsent(state.getAdapter(), state));
    }
    return answered;
  }

  private static boolean answers(@Nullable Long offset, AdapterState state) {
    return offset != null && state.getOrdersBelow() > offset;
  }

  @Override
  public void close() {
    states.close();
  }
}
