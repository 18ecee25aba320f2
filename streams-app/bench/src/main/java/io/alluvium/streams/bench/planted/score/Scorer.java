package io.alluvium.streams.bench.planted.score;

import io.alluvium.streams.bench.planted.stream.Planted;
import io.alluvium.streams.bench.planted.task.Task;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A base and its adapters. */
public interface Scorer extends AutoCloseable {

  /**
   * An example as it was admitted.
   *
   * @param planted what is known of it
   * @param task its text, masked where the policy says so
   */
  record Admitted(Planted planted, Task task) {}

  /**
   * An example with its weight.
   *
   * @param admitted the example
   * @param weight of its loss
   */
  record Weighed(Admitted admitted, double weight) {}

  /**
   * What is said of an example.
   *
   * @param baseLoss nats per response token
   * @param adapterLoss the same under the adapter; null before its first version
   * @param version of the adapter; null before the first
   * @param embedding half precision floats, little endian
   */
  record Score(
      double baseLoss,
      @Nullable Double adapterLoss,
      @Nullable Long version,
      ByteBuffer embedding) {}

  /** Scores with an adapter's current version; null for what is too long for the base. */
  List<@Nullable Score> score(String adapter, List<Admitted> examples);

  /** Makes the adapter's next version from a window. */
  void learn(String adapter, List<Weighed> window);

  @Override
  void close();
}
