package io.alluvium.trainer.model.rotary;

import java.util.List;
import java.util.stream.IntStream;

/** How rotary frequencies are stretched for longer texts, as transformers 5 does it. Pure. */
public sealed interface RopeScaling {

  /**
   * The frequencies used, radians per position.
   *
   * @param theta base of the plain ones
   * @param width values that are turned, even; half as many frequencies
   */
  double[] stretched(double theta, int width);

  /** Factor of cosines and sines, and so twice over of the scores. */
  default double amplitude() {
    return 1;
  }

  /** Longest text, in tokens, that these frequencies are for. */
  default int longFrom() {
    return Integer.MAX_VALUE;
  }

  /** What texts longer than {@link #longFrom} are stretched by. */
  default RopeScaling beyond() {
    return this;
  }

  /** theta^(-2d / width). */
  private static double[] plain(double theta, int width) {
    return IntStream.range(0, width / 2)
        .mapToDouble(d -> Math.pow(theta, -2.0 * d / width))
        .toArray();
  }

  /** Frequencies as they are. */
  record None() implements RopeScaling {
    @Override
    public double[] stretched(double theta, int width) {
      return plain(theta, width);
    }
  }

  /** Nothing is turned: layers without positions (Kazemnejad et al. 2023, NoPE). */
  record Still() implements RopeScaling {
    @Override
    public double[] stretched(double theta, int width) {
      return new double[width / 2];
    }
  }

  /**
   * Positions divided by a factor (Chen et al. 2023, position interpolation).
   *
   * @param factor above 0
   */
  record Linear(double factor) implements RopeScaling {
    @Override
    public double[] stretched(double theta, int width) {
      double[] frequencies = plain(theta, width);
      for (int d = 0; d < frequencies.length; d++) {
        frequencies[d] /= factor;
      }
      return frequencies;
    }
  }

  /**
   * Llama 3.1: long waves are stretched by the factor, short ones kept, those between blended.
   *
   * @param factor of long waves
   * @param lowFactor waves longer than original positions / this are long
   * @param highFactor waves shorter than original positions / this are short
   * @param originalPositions the context the model was pre-trained with, tokens
   */
  record Llama3(double factor, double lowFactor, double highFactor, double originalPositions)
      implements RopeScaling {
    @Override
    public double[] stretched(double theta, int width) {
      double[] frequencies = plain(theta, width);
      for (int d = 0; d < frequencies.length; d++) {
        frequencies[d] = scaled(frequencies[d]);
      }
      return frequencies;
    }

    private double scaled(double frequency) {
      double wavesInContext = originalPositions * frequency / (2 * Math.PI);
      double kept = (wavesInContext - lowFactor) / (highFactor - lowFactor);
      double share = Math.min(1, Math.max(0, kept));
      return (1 - share) * frequency / factor + share * frequency;
    }
  }

  /**
   * YaRN (Peng et al. 2023): frequencies that turn often within the original context are kept,
   * those that turn rarely divided by the factor, between them a ramp over their places.
   *
   * @param factor of slow frequencies
   * @param amplitude factor of cosines and sines
   * @param ramp from which number of turns on a frequency is kept or divided
   * @param originalPositions the context the model was pre-trained with, tokens
   */
  record Yarn(double factor, double amplitude, Ramp ramp, double originalPositions)
      implements RopeScaling {
    /**
     * Between kept and divided.
     *
     * @param fast turns within the context from which on a frequency is kept (beta_fast)
     * @param slow turns below which it is divided (beta_slow)
     * @param whole whether the ramp begins and ends at whole places (truncate)
     */
    public record Ramp(double fast, double slow, boolean whole) {}

    @Override
    public double[] stretched(double theta, int width) {
      double low = place(ramp.fast(), theta, width);
      double high = place(ramp.slow(), theta, width);
      double from = Math.max(0, ramp.whole() ? Math.floor(low) : low);
      double to = Math.min(width - 1, ramp.whole() ? Math.ceil(high) : high);
      double length = from == to ? 0.001 : to - from;
      double[] frequencies = plain(theta, width);
      for (int d = 0; d < frequencies.length; d++) {
        double divided = Math.min(1, Math.max(0, (d - from) / length));
        frequencies[d] *= divided / factor + 1 - divided;
      }
      return frequencies;
    }

    /** Where the frequency stands that turns so many times within the original context. */
    private double place(double turns, double theta, int width) {
      return width * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }
  }

  /**
   * LongRoPE (Ding et al. 2024): each frequency divided by a factor of its own; texts longer than
   * the original context have other factors.
   *
   * @param shortFactors one per frequency
   * @param longFactors one per frequency
   * @param amplitude factor of cosines and sines
   * @param originalPositions the context the model was pre-trained with, tokens
   */
  record LongRope(
      List<Double> shortFactors, List<Double> longFactors, double amplitude, int originalPositions)
      implements RopeScaling {
    /** Copies the lists. */
    public LongRope {
      shortFactors = List.copyOf(shortFactors);
      longFactors = List.copyOf(longFactors);
    }

    @Override
    public double[] stretched(double theta, int width) {
      double[] frequencies = plain(theta, width);
      for (int d = 0; d < frequencies.length; d++) {
        frequencies[d] /= shortFactors.get(d);
      }
      return frequencies;
    }

    @Override
    public int longFrom() {
      return originalPositions;
    }

    @Override
    public RopeScaling beyond() {
      return new LongRope(longFactors, longFactors, amplitude, originalPositions);
    }
  }
}
