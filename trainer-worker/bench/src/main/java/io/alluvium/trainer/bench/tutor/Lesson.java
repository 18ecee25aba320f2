package io.alluvium.trainer.bench.tutor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param adapter whose version is asked for or to be trained
 * @param learn whether to train on the examples; else they are scored
 * @param examples in order
 */
public record Lesson(String adapter, boolean learn, List<Example> examples) {
  /** Copies. */
  public Lesson {
    examples = List.copyOf(examples);
  }

  /**
   * An example.
   *
   * @param prompt what is given
   * @param completion what is learned
   * @param weight factor of its loss; scoring does not look at it
   */
  public record Example(String prompt, String completion, double weight) {}

  /**
   * The answer.
   *
   * @param version of the adapter that scored, or that was just made; null before the first
   * @param scores in the order of the examples; null for one that is too long for the base, none
   *     after training
   */
  public record Answer(@Nullable Long version, List<@Nullable Score> scores) {}

  /**
   * What the base and the adapter say of an example.
   *
   * @param baseLoss nats per response token
   * @param adapterLoss the same under the adapter; null before its first version
   * @param embedding half precision floats, little endian, base 64
   */
  public record Score(double baseLoss, @Nullable Double adapterLoss, String embedding) {}
}
