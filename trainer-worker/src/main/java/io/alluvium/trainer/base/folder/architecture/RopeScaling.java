package io.alluvium.trainer.base.folder.architecture;

/** How rotary frequencies are stretched for longer texts. Pure. */
public sealed interface RopeScaling {

  /** The frequency used in place of this one, radians per position. */
  double scaled(double frequency);

  /** Frequencies as they are. */
  record None() implements RopeScaling {
    @Override
    public double scaled(double frequency) {
      return frequency;
    }
  }

  /**
   * Positions divided by a factor (Chen et al. 2023, position interpolation).
   *
   * @param factor above 0
   */
  record Linear(double factor) implements RopeScaling {
    @Override
    public double scaled(double frequency) {
      return frequency / factor;
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
    public double scaled(double frequency) {
      double wavesInContext = originalPositions * frequency / (2 * Math.PI);
      double kept = (wavesInContext - lowFactor) / (highFactor - lowFactor);
      double share = Math.min(1, Math.max(0, kept));
      return (1 - share) * frequency / factor + share * frequency;
    }
  }
}
