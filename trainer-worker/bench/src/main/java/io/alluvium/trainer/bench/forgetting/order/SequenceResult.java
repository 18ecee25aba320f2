package io.alluvium.trainer.bench.forgetting.order;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one arm came to with one seed.
 *
 * @param arm its name
 * @param seed of training and replay
 * @param rows what was measured of the base, and then after each domain
 * @param served what was measured of the version that is served in the end, under a gate: the
 *     newest release; null of arms without one and of results of older builds
 * @param verdicts rounds by outcome
 * @param reasons why candidates were not released, in their order
 * @param tokens trained on
 * @param seconds by the clock, measuring left out
 */
public record SequenceResult(
    String arm,
    long seed,
    List<Row> rows,
    @Nullable Row served,
    Map<String, Integer> verdicts,
    List<String> reasons,
    long tokens,
    double seconds) {
  /** Among the skills: old text that guards no gate. */
  public static final String OLD = "old text";

  /**
   * All measures at one moment.
   *
   * @param after name of the domain that was learned last; {@code base} before the first
   * @param cells every test of every domain
   * @param skills the base's old skills; old text, where there is some, is the skill {@value #OLD}
   * @param newKl KL(base ‖ adapter) on the first held-out questions of the domain that was learned
   *     last, nats per token of their answers; 0 of the base
   */
  public record Row(String after, List<Cell> cells, List<Cell> skills, double newKl) {}

  /**
   * One test.
   *
   * @param domain the domain's name, or that of the skill
   * @param test what it asks for; empty for a skill
   * @param loss mean in nats per token of the answer
   * @param exactMatch share of answers that are exactly right
   */
  public record Cell(String domain, String test, double loss, double exactMatch) {}
}
