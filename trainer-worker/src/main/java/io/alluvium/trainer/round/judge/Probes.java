package io.alluvium.trainer.round.judge;

import io.alluvium.trainer.decoder.spectrum.Intruders;
import io.alluvium.trainer.gate.canary.Canary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at besides examples. Owns what counts.
 *
 * @param canaries what a candidate must not have memorised
 * @param intruders counts new directions; null where nobody asks
 */
public record Probes(List<Canary> canaries, @Nullable Intruders intruders)
    implements AutoCloseable {
  /** Nothing. */
  public static final Probes NONE = new Probes(List.of(), null);

  /** Copies the list. */
  public Probes {
    canaries = List.copyOf(canaries);
  }

  @Override
  public void close() {
    if (intruders != null) {
      intruders.close();
    }
  }
}
