package io.alluvium.trainer.model.rotary;

import java.util.List;

/**
 * Rotary positions: the frequencies there are, and by which of them each layer turns its heads.
 *
 * @param share of each head that is turned, from its beginning, in (0, 1]; the rest passes
 * @param ropes the sets of frequencies; none for learned positions
 * @param ofLayer index into {@code ropes} by layer; empty where all layers turn by the first
 */
public record Rotary(double share, List<Rope> ropes, List<Integer> ofLayer) {
  /** For decoders whose positions are learned vectors. */
  public static final Rotary NONE = new Rotary(1, List.of(), List.of());

  /** Copies the lists. */
  public Rotary {
    ropes = List.copyOf(ropes);
    ofLayer = List.copyOf(ofLayer);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("partial_rotary_factor is " + share + ", want (0, 1]");
    }
    for (int index : ofLayer) {
      if (index < 0 || index >= ropes.size()) {
        throw new IllegalArgumentException("no rope " + index + " among " + ropes.size());
      }
    }
  }

  /** Whole heads, all layers alike, frequencies as they are. */
  public static Rotary plain(double theta) {
    return new Rotary(1, List.of(new Rope(theta, new RopeScaling.None())), List.of());
  }

  /**
   * One set of frequencies.
   *
   * @param theta base of the frequencies, above 0
   * @param scaling how they are stretched
   */
  public record Rope(double theta, RopeScaling scaling) {
    /** Checks theta. */
    public Rope {
      if (!(theta > 0)) {
        throw new IllegalArgumentException("rope_theta is " + theta + ", want a positive number");
      }
    }

    /**
     * Radians per position of each pair of values.
     *
     * @param width values of a head that are turned, even
     */
    public double[] frequencies(int width) {
      return scaling.stretched(theta, width);
    }
  }

  /** Longest text, in tokens, for which {@link Rope#frequencies} hold; longer ones have others. */
  public int longFrom() {
    return ropes.stream()
        .mapToInt(rope -> rope.scaling().longFrom())
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /** The same for texts longer than {@link #longFrom}. */
  public Rotary beyond() {
    return new Rotary(
        share,
        ropes.stream().map(rope -> new Rope(rope.theta(), rope.scaling().beyond())).toList(),
        ofLayer);
  }
}
